/** Texts of unusual days, promotions and holidays, and what drives sales. */
export const insights = {
  screen: {
    insights: {
      about:
        'Days, weeks or months that do not fit what is usual for their weekday, season and level, with the reasons the sale lines give; and what promotions and holidays were worth.',
      empty: 'Import your sales and this page shows which days stood out and why, and what your promotions were worth.',
      frequency: 'Look at',
      frequencies: { day: 'Days', week: 'Weeks', month: 'Months' },
      summary: {
        day: 'No day stands out.|One day or stretch stands out.|{n} days or stretches stand out.',
        week: 'No week stands out.|One week or stretch stands out.|{n} weeks or stretches stand out.',
        month: 'No month stands out.|One month or stretch stands out.|{n} months or stretches stand out.',
      },
      notJudged: 'Nothing can be said about what is unusual.',
      listTitle: 'What stood out and why',
      listAbout:
        'The newest first. Usual is what the same weekday and season sells at the level of the weeks around it; of a stretch without data, what all of its open days would have sold. Reasons are what the sale lines, the calendar and the imports show; they are likely, not proven.',
      column: {
        date: 'Date',
        kind: 'What',
        actual: 'Sold',
        expected: 'Usual',
        difference: 'Difference',
        reasons: 'Likely reasons',
        rows: 'Rows',
        name: 'Name',
        type: 'Type',
        when: 'When',
        days: 'Open days',
        effect: 'Effect',
        without: 'Without it',
        range: '4 in 5 chance',
        verdict: 'Verdict',
      },
      kind: {
        spike: 'More than usual',
        drop: 'Less than usual',
        'level-up': 'Higher from here on',
        'level-down': 'Lower from here on',
        missing: 'No data',
      },
      rows: 'Rows',
      rowsOf: 'Rows of {period}',
      export: 'Export CSV',
      effectsTitle: 'Promotions, special days and holidays',
      effectsAbout:
        'Sales on these days against what they would have sold without them. An effect is stated only where fewer than 1 in 20 ordinary stretches of as many days were as far off; otherwise it cannot be told. Days that two events share count for neither.',
      noEvents:
        'Nothing is marked on the days of the data. Mark promotions and special days, or choose a country for its holidays.',
      toCalendar: 'Open the calendar',
      eventKind: { promotion: 'Promotion', special: 'Special day', closed: 'Closed', holiday: 'Holiday' },
      times: 'once|once|{n} times',
      closedOn: 'Closed, so there are no sales to compare: {names}.',
      verdict: {
        more: 'Sold {money} more ({share})',
        less: 'Sold {money} less ({share})',
      },
      pulledForward: 'Afterwards {money} were missing: part of it was only bought earlier.',
      driversNone: 'There are too few sales to tell what drives them.',
    },
  },
  charts: {
    unusualPeriods: {
      title: 'Sales and what is usual',
      about:
        'The line is what was sold. The shaded band is what is usual; a mark stands where sales fell outside it, where the level changed for good, or where data are missing.',
      actual: 'Sold',
      expected: 'Usual',
      band: 'Usual range',
      spike: 'More than usual',
      drop: 'Less than usual',
      levelUp: 'Higher from here on',
      levelDown: 'Lower from here on',
      missing: 'No data',
      low: 'Usual from',
      high: 'Usual to',
      kind: 'What',
    },
    salesDrivers: {
      title: 'What drives sales from day to day',
      about:
        'How much of the ups and downs of daily sales each cause explains (mean over all orders of adding one after the other, less what chance alone would explain). Everything else is what none of them explains.',
      driver: 'Cause',
      share: 'Share of the ups and downs',
      money: 'Moves a day by',
      weekday: 'Weekday',
      year: 'Time of year',
      trend: 'Growth or decline',
      holidays: 'Holidays',
      events: 'Promotions and special days',
      rest: 'Everything else',
    },
  },
  notes: {
    'insights-too-short-day': 'At least {needed} open days with sales are needed to say what is usual; there are {n}.',
    'insights-too-short-week':
      'At least {needed} whole weeks are needed to say what is usual; there are {n}. Look at days.',
    'insights-too-short-month':
      'At least {needed} whole months are needed to say what is usual; there are {n}. Look at weeks or days.',
    'insights-summed-by-week': 'These data hold one amount a week, so days cannot be judged. Look at weeks or months.',
    'insights-summed-by-month':
      'These data hold one amount a month, so days and weeks cannot be judged. Look at months.',
    'insights-too-sparse':
      'Most of these periods have no sale, so no single one can be called unusual. Look at weeks or months.',
    'insights-all-the-same':
      'These sales hardly differ from what their season says, so there is nothing to measure surprise by.',
    'insights-no-year':
      'There are less than two years of data, so the time of year is not known: a season that comes every year can look like a change.',
    'drivers-no-year':
      'There are less than two years of data, so the share of the time of year cannot be told; it hides in the trend and in everything else.',
    'reason-one-order': 'One order of {orderMoney} by customer {customer}.',
    'reason-one-order-unnamed': 'One order of {orderMoney} without a customer.',
    'reason-cancelled': 'Customer {customer} also cancelled {cancelledMoney} in the same period.',
    'reason-one-customer': 'Customer {customer} bought for {customerMoney}.',
    'reason-customer-less': 'Customer {customer} usually brings {usualMoney}, this time {customerMoney}.',
    'reason-one-product': '{product} brought {productMoney}, usually {usualMoney}.',
    'reason-returns': 'Returns and cancellations of {returnsMoney} were booked, usually {usualMoney}.',
    'reason-returns-by':
      'Returns and cancellations of {returnsMoney} were booked, most of them by customer {customer}; usually {usualMoney}.',
    'reason-orders-more': 'More orders: {n}, usually {usual}.',
    'reason-orders-less': 'Fewer orders: {n}, usually {usual}.',
    'reason-order-size-more': 'Larger orders: {averageMoney} on average, usually {usualMoney}.',
    'reason-order-size-less': 'Smaller orders: {averageMoney} on average, usually {usualMoney}.',
    'reason-prices-higher': 'Higher prices brought {priceMoney} more than the prices of ordinary periods.',
    'reason-prices-lower': 'Lower prices brought {priceMoney} less than the prices of ordinary periods.',
    'reason-hours':
      'Sales run only from {from} to {to}, usually from {usualFrom} to {usualTo}: part of the day may be missing.',
    'reason-import-start': 'An imported file begins on this day: part of it may be missing.',
    'reason-import-end': 'An imported file ends on this day: part of it may be missing.',
    'reason-mark-on': '{name} falls on it.',
    'reason-mark-before': 'Just before {name} ({markDay}).',
    'reason-mark-after': 'Just after {name} ({markDay}).',
    'reason-no-sale': 'Nothing was sold on a day that is usually open.',
    'reason-missing-day':
      'No sales on {n} open days in a row, from {fromDay} to {toDay}: closed, or missing in the imported files.',
    'reason-missing-week':
      'No sales for {n} weeks, from {fromDay} to {toDay}: closed, or missing in the imported files.',
    'reason-missing-month':
      'No sales for {n} months, from {fromDay} to {toDay}: closed, or missing in the imported files.',
    'reason-missing-yearly': 'The same days are without sales in another year: probably a yearly closure.',
    'reason-level-up': 'From here on sales stay about {changeShare} higher than before.',
    'reason-level-down': 'From here on sales stay about {changeShare} lower than before.',
    'reason-no-lines': 'The imported series has amounts only, so nothing says why.',
    'reason-unknown': 'The sale lines show no reason.',
    'effect-more': 'More than ordinary days of the season would have sold.',
    'effect-less': 'Less than ordinary days of the season would have sold.',
    'effect-noisy':
      'Cannot be told for sure: ordinary stretches of as many days differ by about {spreadShare} from what is expected, too.',
    'effect-closed': 'The business was closed, so there are no sales to compare.',
    'effect-no-data': 'There are no data for these days.',
    'effect-coincides': 'Cannot be told apart from {name}, which falls on the same days.',
    'effect-no-days-around': 'Cannot be told: there are too few ordinary days before and after.',
    'effect-data-short':
      'Cannot be told: the data are too short to see how far ordinary stretches of {n} days are off.',
  },
};
