/** Texts of the calendar screens. */
export const calendar = {
  screen: {},
  charts: {},
  notes: {},
};
