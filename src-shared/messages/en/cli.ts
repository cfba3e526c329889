/** What `salescope analyze` says while it works and at the end. */
export const cli = {
  step: {
    look: 'Looking at {file}',
    read: 'Reading {file}',
    figures: 'Adding up the sales',
    customers: 'Scoring the customers',
    clustering: 'Grouping the customers',
    forecast: 'Forecasting',
    report: 'Writing the report',
    tables: 'Writing the tables',
  },
  demoStep: 'Making the demo company',
  rows: '{file}: {read} rows read = {kept} kept + {setAside} set aside + {duplicates} duplicates.',
  segments: 'Largest segments: {segments}.',
  segment: '{name} {customers} ({customerShare})',
  noFeatures: 'There are no sales and no numeric customer columns to group customers by.',
  refused: 'Left out: {parts}. {message}',
  written: 'Written to {folder}:',
};
