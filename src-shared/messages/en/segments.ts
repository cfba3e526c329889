/** Texts of segment profiles, personas, playbook, target list: for screens, charts and notes. */
export const segments = {
  screen: {},
  charts: {},
  notes: {},
};
