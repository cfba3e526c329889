/** Sentences of the series' and the forecast's notes, by code. */
export const notesForecast = {
  'series-empty': 'No sales are left under the chosen dates, filters and cleaning rules.',
  'series-open-weekdays':
    'Sales happen on {openDays} weekdays; the other weekdays are closed and their forecast is exactly 0.',
  'series-sold-while-closed':
    'Days with sales on a weekday that is otherwise closed: {count} ({soldMoney} in all). They count in every total; the daily forecast does not learn from them.',
  'series-missing-day':
    '{count} open days in a row of three or more have no sales, although sales are due: a holiday closure or missing data. They are not taken for days without demand.',
  'series-missing-week':
    '{count} weeks hold no sales for most of their open days: a holiday closure or missing data. The forecast does not learn from them.',
  'series-missing-month':
    '{count} months hold no sales for most of their open days: a closure or missing data. The forecast does not learn from them.',
  'series-partial-first': 'The data begin inside the first period. It is shown, and left out of the forecast.',
  'series-partial-last': 'The last period is not over. It is shown as it stands, and forecast as a whole.',
  'series-summed-by-week': 'These data hold one amount a week, so there is no daily forecast.',
  'series-summed-by-month': 'These data hold one amount a month, so there is no daily or weekly forecast.',
  'series-silent-end':
    'The last {count} open days have no sales at all. If sales went on, import the newer data first.',
  'series-negative-days': 'On {count} days returns were larger than sales; the day counts with its negative amount.',

  'forecast-not-tested':
    'With {count} periods the history is too short to test a forecast on its own past. Take the bands as a rough guess.',
  'forecast-short-history': 'The history is short ({count} periods), so the bands are wide on purpose.',
  'forecast-no-yearly-season':
    'A yearly season (Christmas, summer) is not part of this forecast: that takes two full years of sales, and enough after them to test it.',
  'forecast-yearly-profile':
    'The forecast follows the time of the year as past years showed it; the backtest was better with it than without.',
  'forecast-last-year':
    'With less than three years a season can hardly be learned and tested; {yearShare} of the forecast is what the same period sold a year ago, by how close that came in the test.',
  'forecast-beyond-test': 'Beyond {steps} periods the forecast was not tested on the past; its bands widen by rule.',
  'forecast-no-skill': 'No better than repeating the last season: on past data no model did better.',
  'forecast-better-model': 'On past data {name} was closer than the model you chose.',
  'forecast-closed-dates':
    'On {count} of the open weekdays ahead the business is closed: holidays on which it never sold, and closures of the calendar. Their forecast is 0.',
  'forecast-mostly-empty':
    'Sales are rare: {emptyShare} of the periods sold nothing. The forecast is an average over sold and empty periods.',
  'forecast-filled':
    'The models saw typical values in place of {count} open periods without sales; history and scores keep what really happened.',
  'forecast-all-zero': 'All amounts are zero, so the forecast is zero.',

  'model-not-tested': 'Not tested: the history is too short.',
  'model-too-short': 'Needs {needed} periods of history for a test; the test leaves {given}.',
  'model-failed': 'Gave no usable forecast: {reason}',
  'model-engine-unavailable': 'The training engine is not available: {reason}',
};
