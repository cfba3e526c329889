/** What a clustering and the one-customer form have to say beside their answer. */
export const notesCustomers = {
  'missing-feature':
    '{dropped} of {customers} customers have no value in at least one chosen feature and were left out of the groups.',
  'constant-feature': '“{feature}” is the same for every customer, so it cannot tell them apart and was left out.',
  'negative-as-zero':
    '{customers} customers have a value below zero in “{feature}” (more returned than bought); it counts as zero here.',
  'few-distinct':
    'The chosen features take only {distinct} different values, so at most {distinct} groups were tried instead of {kMax}.',
  'ordered-by-revenue': 'Groups are numbered by average revenue; group 1 has the highest.',
  'ordered-by-feature': 'Groups are numbered by average {feature}, because there are no sales to rank them by.',
  'small-cluster':
    'Group {cluster} holds only {customers} customers ({customerShare}): rather outliers than a group. A high silhouette says little here.',
  'outside-range':
    '“{feature}” is {value}, outside what your customers show ({min} to {max}); the answer is the nearest fit.',
  'far-outside-range':
    '“{feature}” is {value}, far outside what your customers show ({min} to {max}). Perhaps it stands in another unit, such as 20000 where the file has thousands. Do not rely on this answer.',
};
