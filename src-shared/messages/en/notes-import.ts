export const notesImport = {};
