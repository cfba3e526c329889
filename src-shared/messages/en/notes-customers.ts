/** What a clustering and the one-customer form have to say beside their answer. */
export const notesCustomers = {
  'missing-feature':
    '{dropped} of {customers} customers have no value in at least one chosen feature and were left out of the groups.',
  'constant-feature': '“{feature}” is the same for every customer, so it cannot tell them apart and was left out.',
  'negative-as-zero':
    '{customers} customers have a value below zero in “{feature}” (more returned than bought); it counts as zero here.',
  'duplicate-feature': '“{feature}” says the same as “{same}”, so it counts once.',
  imputed: '{customers} customers have no value in “{feature}”; {value} was filled in for them.',
  winsorised:
    'In “{feature}” values above {high} count as {high} and values below {low} as {low}: {customers} customers at the upper limit, who bring {revenueShare} of the revenue and can no longer be told apart by it, and {below} at the lower.',
  'winsorised-plain':
    'In “{feature}” values above {high} count as {high} and values below {low} as {low}: {customers} customers at the upper limit and {below} at the lower.',
  'few-distinct':
    'The chosen features take only {distinct} different values, so at most {distinct} groups were tried instead of {kMax}.',
  'ordered-by-revenue': 'Groups are numbered by average revenue; group 1 has the highest.',
  'ordered-by-feature': 'Groups are numbered by average {feature}, because there are no sales to rank them by.',
  'small-cluster':
    'Group {cluster} holds only {customers} customers ({customerShare}): rather outliers than a group. A high silhouette says little here.',
  'noise-group': '{customers} customers ({customerShare}) lie far from all others; they are shown as “No group”.',
  'all-noise':
    'No place is crowded enough to be a group: all {customers} customers lie apart from each other. Take a larger neighbour distance, fewer neighbours, or another method.',
  'one-cluster':
    'All customers but {noise} are one crowd without a gap, so there is only one group. Take a smaller neighbour distance, or another method.',
  'fitted-on-sample':
    '{method} takes too long for {customers} customers, so it ran on {fittedOn} of them chosen at random; each of the others went to the nearest group.',
  'not-converged': 'The groups still moved a little when the search ended; another number of groups may fit better.',
  'no-recommendation':
    'No setting is recommended: in each one a group holds fewer than {smallestShare} of the customers, or the groups change when some customers are left out (stability below {stability}). Try other features.',
  'spaces-not-comparable':
    'A higher silhouette in another preparation of the features proves nothing, because the preparation itself changes the distances that it is measured in. Only stability and the explained share of recency, frequency and money may be compared here.',
  'outside-range':
    '“{feature}” is {value}, outside what your customers show ({min} to {max}); the answer is the nearest fit.',
  'far-outside-range':
    '“{feature}” is {value}, far outside what your customers show ({min} to {max}). Perhaps it stands in another unit, such as 20000 where the file has thousands. Do not rely on this answer.',
};
