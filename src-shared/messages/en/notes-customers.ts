export const notesCustomers = {};
