/** Texts of the ledger screens. */
export const ledger = {
  screen: {},
  charts: {},
  notes: {},
};
