/** Texts of bought together and best sellers: for screens, charts and notes. */
export const products = {
  screen: {
    products: {
      empty: 'Import a file of sales with products to see what is bought together and what each segment buys.',
      together: 'Bought together',
      pairs: 'Pairs of products',
      narrow: 'Only pairs with this product',
      togetherAbout:
        'Pairs of products that stand in the same order. “Times oftener than by chance” says how much oftener than if customers chose each product on its own: 1 means no tie, 5 means five times as often.',
      meaning:
        '{orders} of {all} orders have at least two different products. {pairs} pairs stand in at least {min} orders; {shown} are shown.',
      search: 'Pairs with this product',
      anyProduct: 'Any product',
      minOrders: 'At least this many orders',
      minOrdersAuto: 'Automatic: {n}',
      minOrdersHelp: 'Fewer orders find more pairs, but more of them by chance.',
      sort: 'Order by',
      sortBy: { lift: 'Strongest tie', orders: 'Most orders', confidence: 'Surest recommendation' },
      export: 'Save as CSV',
      noPairs: 'No pair was found. Lower the number of orders, or widen the filter.',
      column: {
        a: 'Who buys this',
        b: 'also buys this',
        orders: 'Orders with both',
        support: 'Share of all orders',
        confidenceAToB: 'Of buyers of the first, also the second',
        confidenceBToA: 'The other way round',
        lift: 'Times oftener than by chance',
      },
      best: 'Best sellers of each segment',
      bestAbout:
        'What each segment spends most on. “Against all customers” of 2 means that the product has twice the share in this segment that it has among all customers. Postage and fees count in the revenue but are not listed.',
      segment: 'Segment',
      nobody: 'Nobody is in this segment under the filter.',
      ofSegment: 'One customer, {revenue} revenue | {customers} customers, {revenue} revenue',
      bestColumn: {
        product: 'Product',
        description: 'Name',
        revenue: 'Revenue',
        units: 'Units',
        customers: 'Customers',
        share: 'Share of the segment’s revenue',
        index: 'Against all customers',
      },
    },
  },
  charts: {
    productPairs: {
      title: 'Strongest pairs',
      about:
        'How many times oftener than by chance two products stand in one order; beside it the number of orders with both.',
      lift: 'Times oftener than by chance',
      label: '{lift}× · {orders} orders',
      pair: '{a} + {b}',
      first: 'First product',
      second: 'Second product',
      orders: 'Orders with both',
      support: 'Share of all orders',
      confidence: 'Buyers of the first who also take the second',
    },
    bestSellers: {
      title: 'Best sellers',
      about: 'Revenue of the products this segment spends most on, and how that compares with all customers.',
      index: 'Against all customers',
      label: '{revenue} · {index}×',
      share: 'Share of the segment’s revenue',
      customers: 'Customers',
    },
  },
  notes: {
    'no-two-products': 'No order has two different products, so nothing was bought together.',
    'few-common-orders':
      'Only {orders} orders have two products or more. With so few, a pair may be chance; do not build an offer on it alone.',
    'no-pairs': 'No two products stand together in at least {minOrders} orders. Try a smaller number.',
    'weak-pairs':
      'Even the strongest of these pairs is bought only {lift} times as often as by chance: customers choose these products nearly independently.',
    'huge-orders':
      '{orders} orders with more than {most} different products were left out of the pairs: they look like stock transfers.',
    'no-goods-left-out': '{lines} lines of postage, fees and other non-products were left out of the orders.',
  },
};
