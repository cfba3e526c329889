/** Names, descriptions and advice of the segments and of the groups they roll up to; words for scores. */
export const customers = {
  segments: {
    champions: {
      name: 'Champions',
      description: 'Bought very recently, buys often and spends the most.',
      advice: 'Thank them first: early access, a personal contact, a request for a review. Discounts are not needed.',
    },
    loyal: {
      name: 'Loyal',
      description: 'Comes back regularly and spends well.',
      advice: 'Offer the next better product or a bundle, and a reward for staying.',
    },
    'potential-loyalist': {
      name: 'Potential loyalist',
      description: 'Bought recently and has begun to come back, with middling spending.',
      advice: 'Invite to the loyalty programme and recommend what goes with the last purchase.',
    },
    new: {
      name: 'New',
      description: 'Bought very recently, but seldom and little so far.',
      advice: 'Welcome them, help with the first purchase and give a reason for the second within a few weeks.',
    },
    promising: {
      name: 'Promising',
      description: 'Bought fairly recently, seldom and little.',
      advice: 'Stay in sight: show best sellers and make a small offer for the next order.',
    },
    'needs-attention': {
      name: 'Needs attention',
      description: 'A middling customer in every respect whose last purchase is some time ago.',
      advice: 'Remind them with a limited offer on what they bought before.',
    },
    'about-to-sleep': {
      name: 'About to sleep',
      description: 'Bought seldom and little, and has been quiet for a while.',
      advice: 'Send one inexpensive reminder with popular products; watch whether it works.',
    },
    'at-risk': {
      name: 'At risk',
      description: 'Used to buy a fair amount, but has stayed away for long.',
      advice: 'Win them back: a personal message, a good offer, and the question what went wrong.',
    },
    'cant-lose': {
      name: 'Can’t lose them',
      description: 'Was among the best customers and has not bought for long.',
      advice: 'Call them in person now; learn why they left and make an offer that fits.',
    },
    hibernating: {
      name: 'Hibernating',
      description: 'Bought seldom and little, and long ago.',
      advice: 'Include them in seasonal mailings only; spend little.',
    },
    lost: {
      name: 'Lost',
      description: 'Bought seldom and little, and longest ago of all.',
      advice: 'Spend nothing on them, or try one last inexpensive message.',
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
