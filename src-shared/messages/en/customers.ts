/** Names, descriptions and advice of the segments and of the groups they roll up to; words for scores. */
export const customers = {
  segments: {
    champions: {
      name: 'Champions',
      description: 'Bought very recently, buys often and spends the most.',
      advice: 'Thank them first: early access, a personal contact, a request for a review. Discounts are not needed.',
      actions: [
        'Thank them in person and tell them first what is new.',
        'Ask for a review or a recommendation to a friend.',
        'Keep what they buy in stock; do not give discounts they do not need.',
      ],
    },
    loyal: {
      name: 'Loyal',
      description: 'Comes back regularly and spends well.',
      advice: 'Offer the next better product or a bundle, and a reward for staying.',
      actions: [
        'Show the next better product, or a bundle with what they buy.',
        'Give a small reward that grows with every order.',
        'Ask what else they would like to find in the shop.',
      ],
    },
    'potential-loyalist': {
      name: 'Potential loyalist',
      description: 'Bought recently and has begun to come back, with middling spending.',
      advice: 'Invite to the loyalty programme and recommend what goes with the last purchase.',
      actions: [
        'Recommend what goes with the last purchase.',
        'Invite them to the loyalty programme.',
        'Give a reason for the next order within a month, such as a bundle.',
      ],
    },
    new: {
      name: 'New',
      description: 'Bought very recently, but seldom and little so far.',
      advice: 'Welcome them, help with the first purchase and give a reason for the second within a few weeks.',
      actions: [
        'Welcome them and help with the first purchase.',
        'Give a reason for a second order within a few weeks.',
        'Show the best sellers of your loyal customers.',
      ],
    },
    promising: {
      name: 'Promising',
      description: 'Bought fairly recently, seldom and little.',
      advice: 'Stay in sight: show best sellers and make a small offer for the next order.',
      actions: [
        'Stay in sight with a short message each month.',
        'Show best sellers and make a small offer for the next order.',
      ],
    },
    'needs-attention': {
      name: 'Needs attention',
      description: 'A middling customer in every respect whose last purchase is some time ago.',
      advice: 'Remind them with a limited offer on what they bought before.',
      actions: [
        'Remind them of what they bought before.',
        'Make an offer that ends within two weeks.',
        'Ask whether something was missing.',
      ],
    },
    'about-to-sleep': {
      name: 'About to sleep',
      description: 'Bought seldom and little, and has been quiet for a while.',
      advice: 'Send one inexpensive reminder with popular products; watch whether it works.',
      actions: [
        'Send one inexpensive reminder with popular products.',
        'Watch whether it works before you send a second one.',
      ],
    },
    'at-risk': {
      name: 'At risk',
      description: 'Used to buy a fair amount, but has stayed away for long.',
      advice: 'Win them back: a personal message, a good offer, and the question what went wrong.',
      actions: [
        'Write a personal message and ask what went wrong.',
        'Make a good offer on what they used to buy.',
        'Follow up once after two weeks; then stop.',
      ],
    },
    'cant-lose': {
      name: 'Can’t lose them',
      description: 'Was among the best customers and has not bought for long.',
      advice: 'Call them in person now; learn why they left and make an offer that fits.',
      actions: [
        'Call them in person this week, the highest value first.',
        'Learn why they left, and write the reason down.',
        'Make an offer that fits the reason; give them one person to turn to.',
      ],
    },
    hibernating: {
      name: 'Hibernating',
      description: 'Bought seldom and little, and long ago.',
      advice: 'Include them in seasonal mailings only; spend little.',
      actions: ['Include them in seasonal mailings only.', 'Offer free shipping instead of a personal effort.'],
    },
    lost: {
      name: 'Lost',
      description: 'Bought seldom and little, and longest ago of all.',
      advice: 'Spend nothing on them, or try one last inexpensive message.',
      actions: ['Send one last inexpensive message, or none.', 'Take those who do not answer off the mailing list.'],
    },
  },
  fourGroups: {
    champions: {
      name: 'Champions',
      description: 'The best customers: recent, frequent and high in spending.',
      advice: 'Keep them close and thank them.',
    },
    loyal: {
      name: 'Loyal',
      description: 'Customers who still come: regular ones, and newer ones who may become so.',
      advice: 'Build the habit: next product, bundle, loyalty reward.',
    },
    'at-risk': {
      name: 'At risk',
      description: 'Customers who are slipping away; some of them were among the best.',
      advice: 'Win them back now, the highest spenders first and in person.',
    },
    lost: {
      name: 'Lost',
      description: 'Bought seldom and little, and long ago.',
      advice: 'Spend little: a seasonal mailing at most.',
    },
  },
  threeGroups: {
    premium: {
      name: 'Premium',
      description: 'Buys often and spends the most, whether or not the last purchase is recent.',
      advice: 'Give them the best service, and call those who have gone quiet.',
    },
    regular: {
      name: 'Regular',
      description: 'Middling in how often and for how much they buy.',
      advice: 'Raise the basket: bundles, recommendations, a reward for the next order.',
    },
    'low-value': {
      name: 'Low value',
      description: 'Buys seldom and little so far.',
      advice: 'Use inexpensive channels; let the newest among them grow.',
    },
  },
};
