/** Texts of lifetime value and the customer page: for screens, charts and notes. */
export const lifetime = {
  screen: {
    value: {
      about:
        'What your customers have brought and are likely to bring, who may be leaving, and who should have been back by now.',
      empty: 'Import sales with a customer column and this page shows what each customer is likely to bring.',
      working: 'Learning how your customers buy, and checking it against the past',
      sentence:
        'Your {customers} customers are likely to bring {predicted} in the next {days} days, with about {orders} orders. So far they brought {historic}.',
      alive:
        'About {alive} of them are still customers. {overdue} are overdue; {overdueValue} is still expected from them.',
      method: {
        'bg-nbd': 'Full model',
        'own-rate': 'Simple model: own pace',
        average: 'Rough average only',
      },
      methodAbout: {
        'bg-nbd':
          'Each customer’s own pace, order value and silence are weighed against what all customers do ({model} and Gamma-Gamma).',
        'own-rate':
          'There is too little history for the full model. Each customer goes on at the own pace, drawn towards the shop’s average. Take the figures as a rough guide.',
        average:
          'There is too little history to tell customers apart. Everybody is expected to buy at the shop’s average pace. Do not base decisions about single customers on this.',
      },
      settings: {
        horizon: 'Look ahead',
        days: '{n} days',
        discount: 'Yearly discount',
        discountAbout: 'Money later is worth less than money now; 10% a year is common.',
        factor: 'Overdue after',
        factorItem: '{n} × usual gap',
        factorAbout: 'The usual gap is the customer’s own middle number of days between purchases.',
      },
      kpi: {
        historic: 'Brought so far',
        historicAbout: 'Net revenue of these customers up to {day}.',
        predicted: 'Likely to come',
        predictedAbout: 'Expected revenue in the next {days} days, later money discounted at {discount} a year.',
        alive: 'Still customers',
        aliveAbout: 'Sum of each customer’s chance of still being one.',
        overdue: 'Overdue',
        overdueAbout: 'No purchase for more than {factor} times their usual gap.',
      },
      verdict: {
        better:
          'The model was off by {mae} orders per customer; “goes on at the same rate as before” by {naive}. The model is {better} closer.',
        same: 'The model and “goes on at the same rate as before” were equally far off: {mae} orders per customer.',
        worse:
          'The model was off by {mae} orders per customer; “goes on at the same rate as before” only by {naive}. The simple rule was closer, so do not lean on single figures.',
        total: 'Predicted {predicted} orders from {from} to {to}; {actual} came.',
        churnGood:
          'When the model said a customer would stay away, it was right about as often as it said: on average {gap} off. Error score {brier}, against {baseline} for giving everybody the same chance (lower is better).',
        churnFair:
          'The chances of staying away are {gap} off on average, so read them as a ranking rather than as exact chances. Error score {brier}, against {baseline} for giving everybody the same chance (lower is better).',
        churnBad:
          'The chances of staying away are no better than giving everybody the same chance: error score {brier} against {baseline}. Do not rely on them.',
      },
      noBacktest: 'There is too little history to hold a part of it back and check the model against it.',
      check: 'Can you trust it?',
      list: 'Customers by value',
      listOverdue: 'Overdue customers',
      listAbout:
        'Who bought, what they brought and are likely to bring, and when they are due. Press a customer for the whole story.',
      onlyOverdue: 'Only overdue',
      search: 'Search a customer',
      none: 'No customer fits.',
      open: 'Open the customer’s page',
      export: 'Export as CSV',
      details: 'Figures of the model (for experts)',
      parameter: 'Parameter',
      figure: 'Value',
      fitOf: '{model} on {n} customers',
      spendOf: 'Gamma-Gamma on {n} returning customers',
      second: 'Second opinion: {model} expects {orders} orders; used here: {expected}.',
      converged: 'Fit',
      convergedYes: 'settled',
      convergedNo: 'did not settle',
      logLikelihood: 'Log-likelihood',
      correlation: 'Correlation of orders and order value',
      column: {
        customer: 'Customer',
        segment: 'Segment',
        frequency: 'Orders',
        lastDay: 'Last purchase',
        historic: 'So far',
        predicted: 'Likely to come',
        total: 'Together',
        expectedOrders: 'Orders ahead',
        alive: 'Still a customer',
        overdueDays: 'Days overdue',
        churn: 'Chance to stay away',
        usualGap: 'Usual gap (days)',
        next: 'Next purchase',
      },
    },
    customer: {
      headline:
        '{customer} belongs to “{segment}” and has brought {historic} with one order, on {day}. | {customer} belongs to “{segment}” and has brought {historic} with {orders} orders; the last was on {day}.',
      ahead: 'In the next {days} days {predicted} are likely to come, with about {orders} orders.',
      overdue:
        'This customer usually comes back after {gap} days and is {overdue} days overdue. Now is the time to get in touch.',
      onTime: 'This customer usually comes back after {gap} days; days passed since the last order: {since}.',
      kpi: {
        historic: 'So far',
        historicAbout: 'Net revenue of all orders, less returns.',
        predicted: 'Likely to come',
        predictedAbout: 'In the next {days} days, later money discounted.',
        total: 'Together',
        totalAbout: 'So far and likely to come.',
        alive: 'Still a customer',
        aliveAbout: 'Chance that this customer has not left for good.',
        churn: 'Chance to stay away',
        churnAbout: 'Chance of no purchase in the next {days} days ({factor} × usual gap).',
        next: 'Next purchase',
        nextAbout: '8 in 10 such customers buy between {from} and {to}, of those who buy within {days} days.',
        nextNone: 'Cannot be told',
        nextNoneAbout: 'See the remark below.',
      },
      orders: 'Orders',
      ordersAbout: 'Newest first; a negative amount is a return.',
      order: {
        invoice: 'Order',
        day: 'Day',
        revenue: 'Amount',
        units: 'Units',
        lines: 'Lines',
        noInvoice: 'without number',
      },
      nextProducts: 'What to offer next',
      nextProductsAbout: 'Bought by customers with the same products, and not yet by this one.',
      nextProductsNone: 'No product stands out for this customer yet.',
      product: {
        product: 'Product',
        because: 'Because of',
        confidence: 'How often bought too',
        lift: 'Times more than usual',
      },
      details: 'Details',
      rows: 'See the rows',
      back: 'All customers',
      openPage: 'Open page',
    },
  },
  charts: {
    valueDeciles: {
      title: 'Where the coming money is',
      about: 'Customers in ten groups of equal size, the most promising first: likely to come, and brought so far.',
      group: 'Group {n}',
      predicted: 'Likely to come',
      historic: 'Brought so far',
    },
    valueBySegment: {
      title: 'Coming money by segment',
      about: 'What the customers of each segment are likely to bring together, and each on average.',
      total: 'Likely to come',
      average: 'Per customer',
    },
    aliveBySegment: {
      title: 'Still customers, and likely to stay away',
      about:
        'Average chance of still being a customer, and average chance of no purchase within the time after which one counts as overdue.',
      alive: 'Still a customer',
      churn: 'Chance to stay away',
      overdue: 'Overdue',
    },
    valueBacktest: {
      title: 'Predicted and actual orders',
      about:
        'The model saw everything but the last part of the data and predicted it: orders per customer, by how often customers had come back before.',
      times: '{n} times',
      timesOrMore: '{n} times or more',
      back: 'Came back before',
      predicted: 'Predicted',
      actual: 'Actual',
      naive: 'Same rate as before',
    },
    churnCalibration: {
      title: 'Predicted and actual staying away',
      about:
        'Customers in ten groups by predicted chance of no purchase, and the share that really stayed away. On the line, prediction and reality agree.',
      predicted: 'Predicted chance to stay away',
      observed: 'Really stayed away',
      perfect: 'Exactly right',
      group: 'Group {n}',
    },
    customerPath: {
      title: 'Segment over time',
      about: 'The segment at the end of each quarter, as it stood then; higher is better.',
      segment: 'Segment',
      absent: 'Not yet a customer',
    },
    customerOrders: {
      title: 'Every order',
      about: 'Amount of each order by its day; below zero is a return.',
      order: 'Order',
      amount: 'Amount',
    },
  },
  notes: {
    'value-average':
      'Only {customers} customers, {repeatBuyers} of whom came back: too few to tell customers apart (that needs {needCustomers} and {needRepeatBuyers}). Everybody is expected to buy at the shop’s average pace.',
    'value-own-rate':
      'Only {customers} customers, {repeatBuyers} of whom came back: too few for the full model (that needs {needCustomers} and {needRepeatBuyers}). Each customer is expected to go on at the own pace, drawn towards the shop’s average; whoever is overdue counts for less by a rule of thumb.',
    'value-fit-failed':
      'The full model of buying did not settle on these data, so each customer is expected to go on at the own pace, drawn towards the shop’s average.',
    'value-nobody-came-back':
      'None of the {customers} customers has bought on a second day yet, so no order can be predicted.',
    'value-spend-average':
      'Only {customers} returning customers (the model of spending needs {need}), so the next order is taken to be the customer’s own average drawn towards the shop’s.',
    'value-spend-failed':
      'The model of spending did not settle on these data, so the next order is taken to be the customer’s own average drawn towards the shop’s.',
    'value-spend-tied':
      'Customers who buy more often also spend differently per order (correlation {correlation}). The model assumes they do not, so values of frequent buyers may be off.',
    'value-short-history': 'The sales cover {days} days only; below {need} days a customer’s pace is mostly luck.',
    'value-horizon-long':
      'You look {horizonDays} days ahead, but the sales cover only {days} days. A shorter look ahead is safer.',
    'value-no-backtest':
      'The sales ({days} days) or the customers are too few to hold a part back and check the model against it.',
    'value-naive-better':
      'In the check against the past, “goes on at the same rate as before” was closer ({naiveMae} orders off per customer) than the model ({mae}).',
    'churn-recalibrated':
      'The chances to stay away were corrected by what happened in an earlier part of the data; on a later part that lowered the error score from {before} to {after}.',
    'value-no-gaps': 'Nobody has come back yet, so there is no usual gap between purchases and nobody can be overdue.',
    'value-once':
      '{customers} customers bought on one day only. The BG/NBD model counts them as customers for ever, so its sister MBG/NBD, where a customer may leave after the first purchase, judges them.',
    'value-lifted':
      '{customers} returning customers would have been valued below a one-time buyer of the same age and order value, because two quick purchases and a long silence look worse to the model than one. They were lifted to that value; together that is {liftedMoney}.',
    'value-returned-more':
      '{customers} customers returned more than they bought; their orders count as worth nothing, not as less.',
    'profile-own-rate':
      'There is too little history for the full model, so this customer is expected to go on at the own pace. Take the figures as a rough guide.',
    'profile-average':
      'There is too little history to tell customers apart, so the figures ahead are the shop’s average, not this customer’s.',
    'next-unlikely': 'A purchase in the time looked at is unlikely (below 5%), so no day is given for the next one.',
    'next-unknown': 'There is too little history to tell when the next purchase comes.',
    'gap-of-shop': 'This customer has bought on fewer than three days, so the usual gap is that of the whole shop.',
    'orders-cut': 'Only the newest {shown} orders are shown.',
  },
};
