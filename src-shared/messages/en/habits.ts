/** Texts of cohorts, visits, concentration, distributions: for screens, charts and notes. */
export const habits = {
  screen: {},
  charts: {},
  notes: {},
};
