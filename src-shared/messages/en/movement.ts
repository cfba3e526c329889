/** Texts of movement between segments and what changed: for screens, charts and notes. */
export const movement = {
  screen: {},
  charts: {},
  notes: {},
};
