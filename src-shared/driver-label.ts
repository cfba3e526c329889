import type { Translate } from './charts/chart.ts';
import type { MarkedDays } from './domain.ts';

/** Inputs with a text of their own in the catalogue (charts.forecastComponents.driver.…). */
const named = new Set([
  'trend',
  'level',
  'slope',
  'weekly',
  'weekday',
  'yearly',
  'time-of-year',
  'last-year',
  'day-of-month',
  'last-periods',
  'rolling-average',
  'spread',
  'same-season',
  'after-holiday',
]);

/**
 * The name of one input of a forecast, the same on the screen, in charts, in the report and in files.
 * @param id such as 'trend', 'weekday', 'holiday:…', 'event:…'
 * @param marked the history's marks, which name holidays and events
 */
export function driverLabel(id: string, marked: MarkedDays[], t: Translate): string {
  if (named.has(id)) return t(`charts.forecastComponents.driver.${id}`);
  const markId = /^(?:holiday|event):(.*)$/.exec(id)?.[1];
  const mark = markId === undefined ? undefined : marked.find((one) => one.id === markId);
  return mark?.name ?? markId ?? id;
}
