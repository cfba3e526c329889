/** Texts of the calendar screens. */
export const calendar = {
  screen: {},
  charts: {},
  notes: {
    'series-holidays': 'Holidays with sales, whose effect is learned from past years: {count}.',
    'series-events': 'Promotions and special days of the calendar, whose effect is learned where they are past: {count}.',
    'series-closures':
      'Holidays and closures of the calendar without sales: {count}. Their days count as closed and the forecast for them is exactly 0.',
  },
};
