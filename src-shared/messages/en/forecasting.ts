/** Texts of the forecasting screens. */
export const forecasting = {
  screen: {},
  charts: {},
  notes: {},
};
