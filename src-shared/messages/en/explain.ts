/** Texts of the explaining tree and the one-customer form: for screens, charts and notes. */
export const explain = {
  screen: {},
  charts: {},
  notes: {},
};
