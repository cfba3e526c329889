/** Texts of movement between segments and what changed: for screens, charts and notes. */
export const movement = {
  screen: {
    movement: {
      about:
        'Every customer’s segment at the end of two days, each judged by what was known then. Money is what these customers brought in the days before each date.',
      dates: 'The two dates',
      preset: 'Compare with',
      presets: {
        quarter: 'A quarter earlier',
        halfYear: 'Half a year earlier',
        year: 'A year earlier',
        own: 'Own dates',
        filter: 'The dates of the filter',
      },
      from: 'Earlier date',
      to: 'Later date',
      empty: 'Import sales with a customer column and this page shows who moved up, who moved down and what it meant.',
      sentence:
        'From {from} to {to}: of {n} customers {up} moved up, {down} moved down, {stayed} stayed, {arrived} are new.',
      moneySentence:
        'They brought {after} in the {days} days up to the later date, {before} in the {days} days before the earlier one.',
      becauseSentence:
        '{n} moved only because others moved: by the earlier date’s limits they would still be where they were.',
      upMeaning: 'Up is towards Champions, down is towards Lost, in the order of the list of segments: {order}.',
      matrixHint: 'Choose a cell, or a row of the table, to see these customers below.',
      changeTitle: 'Segments before and after',
      changeAbout:
        'Customers in each segment at both dates, and what the segment’s customers brought in the days before each date. Customers who are new count only at the later date.',
      column: {
        segment: 'Segment',
        before: 'Customers before',
        after: 'Customers after',
        net: 'Change',
        revenueBefore: 'Revenue before',
        revenueAfter: 'Revenue after',
        customer: 'Customer',
        from: 'Was',
        to: 'Is now',
        direction: 'Direction',
        others: 'Why',
        change: 'Change of revenue',
        monetary: 'Revenue so far',
        recencyDays: 'Days since last purchase',
      },
      total: 'All customers',
      movers: 'Who moved',
      moversAbout:
        'Ordered by how much the customer’s revenue changed between the two stretches of {days} days. Click a customer for their page.',
      directionLabel: 'Which customers',
      directionChoice: {
        all: 'All who moved',
        up: 'Moved up',
        down: 'Moved down',
        arrived: 'New customers',
        everybody: 'Everybody, also who stayed',
      },
      direction: { up: 'up', down: 'down', same: 'stayed', arrived: 'new' },
      because: 'others moved',
      cell: '{from} → {to}',
      clearCell: 'Show all again',
      search: 'Search customer',
      none: 'Nobody for this choice.',
      open: 'Open customer',
      export: 'Export CSV',
      exportMovers: 'Export movers',
    },
    changes: {
      about:
        'Why revenue differs between two periods. Every part is money, and the parts add up to the change to the last cent.',
      empty:
        'Import your sales and this page says why revenue went up or down, in customers, visits, items and prices.',
      periods: 'The two periods',
      current: 'Period',
      currentChoice: { auto: 'Last whole month', filter: 'The dates of the filter', own: 'Own dates' },
      against: 'Compared with',
      againstChoice: {
        previous: 'The period just before',
        year: 'The same dates a year earlier',
        own: 'Own dates',
      },
      from: 'Period from',
      to: 'Period to',
      againstFrom: 'Compared from',
      againstTo: 'Compared to',
      rose: 'Revenue rose by {change} ({share}): {parts}.',
      fell: 'Revenue fell by {change} ({share}): {parts}.',
      roseFromNothing: 'Revenue rose by {change}: {parts}.',
      fellFromNothing: 'Revenue fell by {change}: {parts}.',
      same: 'Revenue is the same in both periods.',
      sameBut: 'Revenue is the same in both periods, but not for the same reasons: {parts}.',
      compared: '{current}: {now}. {previous}: {before}.',
      partUp: {
        customers: 'more customers {money}',
        visits: 'more visits per customer {money}',
        items: 'larger baskets {money}',
        price: 'higher prices per item {money}',
        returns: 'fewer returns {money}',
        anonymous: 'more sales without a customer {money}',
      },
      partDown: {
        customers: 'fewer customers {money}',
        visits: 'fewer visits per customer {money}',
        items: 'smaller baskets {money}',
        price: 'lower prices per item {money}',
        returns: 'more returns {money}',
        anonymous: 'fewer sales without a customer {money}',
      },
      partsTitle: 'The parts in figures',
      partsAbout:
        'Sales to known customers are customers × visits per customer × items per visit × price per item. Each part is what its factor changed on average over all orders of changing one after the other (Shapley value), so nothing is left over and no factor is favoured.',
      column: {
        part: 'Part',
        before: 'Before',
        after: 'After',
        money: 'Money',
        who: 'Customers who …',
        customers: 'Customers',
        product: 'Product',
        country: 'Country',
        change: 'Change',
      },
      part: {
        customers: 'Customers',
        visits: 'Visits per customer',
        items: 'Items per visit',
        price: 'Price per item',
        returns: 'Returns of known customers',
        anonymous: 'Sales without a customer',
        total: 'Change of revenue',
      },
      whoTitle: 'Which customers',
      whoAbout:
        'The change of the revenue of known customers, net of returns, by what each customer did; the last row is the sum. After a pause: bought before, but not in the compared period. Who only gave goods back stands under less.',
      who: {
        new: 'bought for the first time',
        back: 'came back after a pause',
        more: 'bought as much or more',
        less: 'bought less',
        gone: 'did not come back',
        total: 'All known customers',
      },
      productsTitle: 'Products that changed most',
      productsAbout: 'Revenue of each product in both periods, net of returns; the last row is all others together.',
      countriesTitle: 'Countries that changed most',
      countriesAbout: 'Revenue of each country in both periods, net of returns; the last row is all others together.',
      others: 'All others',
      export: 'Export CSV',
      wrongDays: 'Write the earlier day first.',
      missingDays: 'Choose both days of each period.',
    },
  },
  charts: {
    movement: { absent: 'Not yet a customer' },
    migrationMatrix: {
      title: 'From segment to segment',
      about:
        'Rows: the segment at the earlier date. Columns: the segment at the later date. The number is customers. Blue: moved up; orange: moved down; white: stayed, or new.',
      from: 'Was',
      to: 'Is now',
      customers: 'Customers',
      becauseOfOthers: 'Because others moved',
      revenueBefore: 'Revenue before',
      revenueAfter: 'Revenue after',
    },
    migrationFlow: {
      title: 'The flow of customers',
      about:
        'On the left the segments at the earlier date, on the right at the later date; the wider a band, the more customers went that way.',
      before: '{segment}, before',
      after: '{segment}, after',
      customers: 'Customers',
    },
    segmentChange: {
      title: 'Which segments grew',
      about:
        'Customers in each segment at the earlier (light) and the later date; beside the bar the later number and the change.',
      before: 'Before',
      after: 'After',
      change: 'Change',
    },
    changeBridge: {
      title: 'From one period to the other',
      about:
        'The first bar is the revenue before, the last the revenue after; each bar between begins where the one above it ended. The scale is cut off at the left where the parts would else be too small to see.',
      previous: 'Before',
      current: 'After',
      part: 'Step',
      money: 'Money',
      level: 'Revenue reached',
      customers: 'Customers',
      visits: 'Visits per customer',
      items: 'Items per visit',
      price: 'Price per item',
      returns: 'Returns',
      anonymous: 'Without a customer',
    },
    changeContributors: {
      title: 'What changed most',
      about: 'Change of revenue between the two periods, the largest first.',
      name: 'Name',
      before: 'Before',
      after: 'After',
      change: 'Change',
      others: 'All others',
    },
  },
  notes: {
    movementBeyondData:
      'The data end on {lastDay}. What comes after is not known, so the later date is taken as that day instead of {toDay}.',
    movementShortBefore:
      'The data begin on {firstDay}, inside the days before the earlier date: the revenue before is of fewer days than the revenue after.',
    movementNobodyBefore:
      'Nobody had bought by {fromDay}, so every customer is new. Choose a later date as the earlier one to see movement.',
    movementOneFlow: 'All customers went the same way: with so little difference between them, segments tell nothing.',
    movementFewCustomers:
      'There are only {n} customers. The limits between segments follow all customers, so with so few of them one purchase can move everybody.',
    movementSegments:
      'The chosen segments are those of the later date; where these customers came from is shown in full.',
    movementOwnAsOf:
      'The setting counts recency to {asOfDay}. Here it is counted to the day after each of the two dates, so that each is seen as it stood.',
    changePartial:
      'The data reach from {firstDay} to {lastDay}, so they do not cover {fromDay} to {toDay} whole. Part of the change is only missing data.',
    changeNothingBefore:
      'There are no sales from {fromDay} to {toDay}. With nothing to compare, the change of sales is counted as customers alone.',
    changeNothingNow:
      'There are no sales from {fromDay} to {toDay}. The change of sales is counted as customers alone.',
    changeOverlap: 'The two periods share {n} days, which count in both.',
    changeLength: 'The periods have different lengths: {current} days against {previous}. A longer period brings more.',
    changeNoCustomers:
      'No sale of these periods names a customer, so customers, visits, baskets and prices cannot be told apart.',
    changeNoItems:
      'The number of items is missing or cancels out in one of the periods. Price per item is therefore money per visit here.',
    changeNoInvoices: 'The data have no invoice numbers, so every line counts as a visit of its own.',
  },
};
