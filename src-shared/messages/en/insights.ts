/** Texts of the insights screens. */
export const insights = {
  screen: {},
  charts: {},
  notes: {},
};
