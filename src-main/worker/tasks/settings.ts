import type { Parsed } from '../../../src-shared/contract.ts';
import type { Settings } from '../../../src-shared/domain.ts';
import { AppError } from '../../../src-shared/errors.ts';
import { checkedDay } from '../figures.ts';
import { checkHolidayCountry } from '../holidays.ts';
import type { Session } from '../session.ts';

/** All settings; what was never set has its default. */
export const getSettings = (session: Session): Settings => session.settings;

/** Changes some settings in one transaction; answers all. @throws AppError 'invalid-input' */
export function setSettings(session: Session, patch: Parsed<'settings.set'>): Settings {
  if (patch.asOf) checkedDay(patch.asOf);
  if (patch.holidayCountry) checkHolidayCountry(patch.holidayCountry);
  if (patch.locale !== undefined) checkLocale(patch.locale);
  return session.changeSettings(patch);
}

function checkLocale(locale: string): void {
  try {
    Intl.getCanonicalLocales(locale);
  } catch {
    throw new AppError('invalid-input', `"${locale}" is not a language tag such as en-GB or de.`, { locale });
  }
}
