/** The catalogue's words and the business's figures for files that are no report. */
import {
  compile,
  createCoreContext,
  registerMessageCompiler,
  registerMessageResolver,
  resolveValue,
  translate,
} from '@intlify/core-base';
import type { Translate } from '../../src-shared/charts/chart.ts';
import type { Settings } from '../../src-shared/domain.ts';
import { createFormat, type Format } from '../../src-shared/format.ts';
import { en } from '../../src-shared/messages/en/index.ts';

registerMessageCompiler(compile);
registerMessageResolver(resolveValue);

interface CatalogueText {
  t: Translate;
  format: Format;
}

/** Looks up the catalogue and writes figures in the business's locale and currency. */
export function catalogueText(settings: Pick<Settings, 'locale' | 'currency'>): CatalogueText {
  const context = createCoreContext({ locale: 'en', messages: { en }, missingWarn: false, fallbackWarn: false });
  return {
    t: (key, params = {}) => translate(context, key, params) as string,
    format: createFormat(settings),
  };
}
