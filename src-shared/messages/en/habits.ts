/** Texts of cohorts, visits, concentration, distributions: for screens, charts and notes. */
export const habits = {
  screen: {
    habits: {
      about:
        'How your customers buy: who comes back, how often, how much hangs on a few, and how their figures spread.',
      empty: 'Import sales with a customer column and this page shows who comes back, how often and for how much.',
      tabs: {
        cohorts: 'Coming back',
        visits: 'Visits',
        concentration: 'Concentration',
        distributions: 'Distributions',
      },
      export: 'Export as CSV',
      cohorts: {
        sentence: {
          month: 'Of 100 new customers about {n} buy again in the next month.',
          quarter: 'Of 100 new customers about {n} buy again in the next quarter.',
        },
        later: {
          month: 'In month {later} after the first purchase about {n} of 100 buy.',
          quarter: 'In quarter {later} after the first purchase about {n} of 100 buy.',
        },
        tooShort: 'The data cover one whole period only, so nobody can be seen coming back yet.',
        about: {
          customers: 'Shown: the share of the customers.',
          revenue: 'Shown: their revenue against that of their first period.',
        },
        unit: 'Group new customers by',
        month: 'Month',
        quarter: 'Quarter',
        measure: 'Show',
        customers: 'Customers',
        revenue: 'Revenue',
        export: 'Export as CSV: cohorts',
      },
      visits: {
        sentence:
          'Of {customers} customers {once} bought once ({onceShare}) and {often} bought {n} times or more; those bring {oftenShare} of the revenue.',
        sentenceShort: 'Of {customers} customers {once} bought once ({onceShare}).',
        segments: 'Lines to draw',
        meaning:
          'Segments are those of today: the lines show how customers who are in a segment now have bought before. Sales without a customer are left out.',
        export: 'Export visits as CSV',
      },
      concentration: {
        sentence: 'The best {topShare} of customers ({customers}) bring {share} of the revenue.',
        sentence80: '{customers} of {all} customers ({customersShare}) make 80% of the revenue.',
        gini: 'Gini coefficient {gini}: 0 where all customers bring the same, close to 1 where one brings everything.',
        ten: 'The ten best customers alone bring {share}.',
        table: 'The best customers together',
        tableAbout: 'How much of the revenue the best customers bring. Numbers of customers are rounded up.',
        top: 'Best customers',
        export: 'Export as CSV: concentration',
      },
      distributions: {
        choose: 'Choose figures',
        none: 'Choose at least one figure.',
        sentence: '{customers} customers, {n} figures of each.',
        statistics: 'Statistics',
        statisticsAbout:
          'Half of the customers lie between the lower and the upper quarter. Skewness above 1 means: many small values and a few very large ones.',
        feature: 'Figure',
        min: 'Lowest',
        q1: 'Lower quarter',
        median: 'Middle',
        q3: 'Upper quarter',
        max: 'Highest',
        mean: 'Average',
        sd: 'Standard deviation',
        skewness: 'Skewness',
        together: 'What goes together',
        export: 'Export as CSV: distributions',
        exportCorrelation: 'Export as CSV: correlation',
      },
    },
  },
  charts: {
    cohortTriangle: {
      title: 'Who comes back',
      about:
        'Each row holds the customers who bought for the first time in one period, with their number. The cells to the right tell how many of them bought again so many periods later. A star marks a period that is not over.',
      customers: 'Share of customers who bought',
      revenue: 'Revenue against the first period',
      cohort: 'First purchase',
      quarter: 'Q{quarter} {year}',
      axis: { month: 'Months after the first purchase', quarter: 'Quarters after the first purchase' },
      later: { month: '+{n} months', quarter: '+{n} quarters' },
      cell: {
        month: 'New in {cohort}, {later} months later: {customers} of {of} customers bought ({share}), {revenue}',
        quarter: 'New in {cohort}, {later} quarters later: {customers} of {of} customers bought ({share}), {revenue}',
      },
      partial: '(period not over)',
    },
    retentionCurve: {
      title: 'Coming back, on average',
      about:
        'Share of new customers who buy again 1, 2, 3 … periods after their first purchase. The thick line is the average, weighted by the number of customers; the thin lines are the groups themselves. Periods that are not over are left out.',
      average: 'Average',
    },
    visitFrequency: {
      title: 'Orders per customer and month',
      about:
        'Orders of a month divided by the customers who bought in it. A ring marks a month that the data do not cover whole.',
      all: 'All customers',
    },
    basketOverTime: {
      title: 'Average order over time',
      about:
        'Revenue of a month divided by its orders, returns taken off. A ring marks a month that the data do not cover whole.',
    },
    ordersPerCustomer: {
      title: 'How often customers bought',
      about: 'How many customers have bought once, twice, three times … in the period of the filter.',
      orMore: '{n} or more',
      axis: 'Orders',
    },
    paretoCurve: {
      title: 'How much hangs on the best customers',
      about:
        'From the left the best customers come first: the curve tells which share of the revenue they bring together. The further it bends above the straight line, the more hangs on a few.',
      curve: 'Your customers',
      equal: 'If all were equal',
      reached: '{share} of customers make {target}',
    },
    rfmDistributions: {
      title: 'How the figures spread',
      about:
        'How many customers have which value. Where a few values are very large, the steps grow with the values, and the heading says so.',
      feature: 'Figure',
      range: 'From – to',
      ratios: '{feature} – growing steps',
      bar: '{bin}: {customers} customers',
    },
    correlationMatrix: {
      title: 'Which figures go together',
      about:
        'Rank correlation (Spearman) of each pair: 1 rises together, 0 no relation, −1 one falls when the other rises. It does not say what causes what.',
      cell: '{a} and {b}: {value}',
    },
  },
  notes: {
    'cohort-data-begin':
      'The data begin on {firstDay}. Whoever bought before that day stands as new in the first groups, so read those with care.',
    'cohort-first-left-out':
      'The data begin on {firstDay}. The first group also holds customers who had bought before that day, so it is left out of the averages; the groups just after it can hold some too.',
    'cohort-not-new': '{customers} customers had bought before {fromDay}; they are not new and stand in no group.',
    'concentration-negative':
      '{customers} customers returned more than they bought ({returnedMoney} in all); they count as zero here, and shares are of the revenue of the others.',
    'habits-few-customers': 'Only {customers} customers: shares and averages say little here.',
    'habits-missing': '{customers} customers have no “{feature}” and are left out of that figure.',
    'habits-all-missing': 'No customer has a “{feature}”, so it is not shown.',
    'habits-constant': '“{feature}” is the same for every customer, so nothing can go together with it.',
    'correlation-same-up':
      '“{a}” and “{b}” tell nearly the same: who is high in one is high in the other (rank correlation {value}). For grouping customers one of them is enough.',
    'correlation-same-down':
      '“{a}” and “{b}” tell nearly the same the other way round: who is high in one is low in the other (rank correlation {value}). For grouping customers one of them is enough.',
    'correlation-strong-up': 'Customers with a higher “{a}” mostly have a higher “{b}” too (rank correlation {value}).',
    'correlation-strong-down': 'Customers with a higher “{a}” mostly have a lower “{b}” (rank correlation {value}).',
    'correlation-related-up': 'Customers with a higher “{a}” tend to have a higher “{b}” (rank correlation {value}).',
    'correlation-related-down': 'Customers with a higher “{a}” tend to have a lower “{b}” (rank correlation {value}).',
    'correlation-none': 'No two of these figures go together to speak of.',
  },
};
