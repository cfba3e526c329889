/** Texts of the groups page: methods, comparison, stability, views: for screens, charts and notes. */
export const clustering = {
  screen: {},
  charts: {},
  notes: {},
};
