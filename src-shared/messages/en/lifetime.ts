/** Texts of lifetime value and the customer page: for screens, charts and notes. */
export const lifetime = {
  screen: {},
  charts: {},
  notes: {},
};
