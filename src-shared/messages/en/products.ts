/** Texts of bought together and best sellers: for screens, charts and notes. */
export const products = {
  screen: {},
  charts: {},
  notes: {},
};
