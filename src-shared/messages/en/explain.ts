/** Texts of the explaining tree and the one-customer form: for screens, charts and notes. */
export const explain = {
  screen: {
    explain: {
      title: { rfm: 'Why is a customer in a segment?', cluster: 'Why is a customer in a group?' },
      about: {
        rfm: 'Simple rules, learned from three quarters of your customers and tested on the rest, that tell which segment a customer is in.',
        cluster:
          'Simple rules, learned from three quarters of your customers and tested on the rest, that tell which group a customer is in.',
      },
      show: 'Show the rules',
      working: 'Learning the rules',
      depthLabel: 'Length of the rules',
      depth: { d4: 'Short: up to 4 questions', d6: 'Medium: up to 6', d8: 'Long: up to 8', d12: 'Longest: up to 12' },
      accuracy: {
        rfm: 'The rules name the right segment for {right} of 100 customers they had not seen; always guessing the largest segment would be right for {guess}.',
        cluster:
          'The rules name the right group for {right} of 100 customers they had not seen; always guessing the largest group would be right for {guess}.',
      },
      tested:
        'Learned from {trained} customers, tested on {heldOut} others; {leaves} rules of at most {depth} questions.',
      rules: 'The rules',
      rulesAbout: 'The widest rules of each name. A customer who meets all parts of a rule most likely has that name.',
      rule: '{customers} customers meet it; it is right for {purity} of them.',
      more: 'Narrower rules ({count})',
      noRule: 'The tree found no rule for it.',
      perClass: 'How often the rules are right',
      perClassAbout:
        'On the customers held out. “Right when named”: of those the rules gave this name, how many have it. “Found”: of those who have it, how many the rules found.',
      column: { name: 'Name', precision: 'Right when named', recall: 'Found', customers: 'Customers tested' },
      export: 'Export CSV',
      condition: {
        recencyDays: {
          atMost: 'bought within the last {high} days',
          atLeast: 'last bought {low} or more days ago',
          from: 'last bought {low} to {high} days ago',
          exactly: 'last bought {low} days ago',
        },
        frequency: {
          one: 'one order',
          atMost: 'at most {high} orders',
          atLeast: '{low} orders or more',
          from: '{low} to {high} orders',
          exactly: '{low} orders',
        },
        monetary: {
          atMost: 'spent at most {high}',
          above: 'spent more than {low}',
          between: 'spent more than {low} and up to {high}',
        },
        other: {
          atMost: '{feature} at most {high}',
          atLeast: '{feature} at least {low}',
          from: '{feature} from {low} to {high}',
          exactly: '{feature} exactly {low}',
          above: '{feature} above {low}',
          between: '{feature} above {low} and up to {high}',
        },
        is: '{feature} is {value}',
        isNot: '{feature} is not {value}',
        and: '{first} and {last}',
        always: 'whatever the figures',
      },
      reason: {
        title: 'Why',
        agrees: 'Because: {conditions}. Customers like this are mostly in “{name}”.',
        differs:
          'The learned rules say otherwise: {conditions} – for them that is “{name}”. This customer lies near a border, so take the answer with care.',
      },
      form: {
        modeLabel: 'How to type',
        mode: { boxes: 'One box for each figure', line: 'All in one line' },
        line: 'Figures, separated by commas',
        lineHelp: 'In this order: {fields}. Use semicolons where a figure has a decimal comma.',
        notOne: 'Write one of: {names}.',
        membership: 'How well the customer fits each group',
        membershipAbout: 'The chance of each group under the mixture; together they make 100%.',
        advice: 'What to do',
        offer: 'Offer: {offer}',
        noGroupAbout: 'This customer lies far from all groups.',
        groupsWorking: 'Looking for the groups',
        typical: 'Averages of the group',
      },
    },
  },
  charts: {
    confusionMatrix: {
      title: 'Where the rules are right and wrong',
      about:
        'Customers held out for the test: in the row of the group they are in, in the column of the group the rules name. All that is off the diagonal is wrong.',
      actual: 'Is in',
      predicted: 'The rules say',
      named: 'Rules say: {name}',
      all: 'All tested',
      cell: '{actual}, named {predicted}: {customers} customers',
    },
    featureImportance: {
      title: 'What matters most',
      about: 'How much each figure helped the rules to tell the groups apart; all together make 100%.',
      feature: 'Figure',
      share: 'Share',
    },
  },
  notes: {
    'tree-one-class': 'All customers here have the same name, so there is nothing to tell apart.',
    'tree-no-rule':
      'No rule was better than always naming the largest group: these figures do not tell the groups apart.',
    'tree-weak':
      'The rules are weak: right for {accuracyShare} of the customers, where always guessing the largest group is right for {baselineShare}. Do not build on them.',
    'tree-silent-classes':
      '{silent} of {classes} groups have no rule: they are too small or too mixed to be told from the others.',
    'tree-small-classes': '{small} groups had fewer than {least} customers in the test; their figures say little.',
    'tree-sample': 'The rules were learned and tested on {used} customers drawn at random from {customers}.',
    'reason-needs-customers': 'There are too few customers to learn rules from, so the answer comes without a reason.',
  },
};
