import { charts } from './charts.ts';
import { cli } from './cli.ts';
import { customers } from './customers.ts';
import { errors } from './errors.ts';
import { notesCustomers } from './notes-customers.ts';
import { notesForecast } from './notes-forecast.ts';
import { notesImport } from './notes-import.ts';
import { report } from './report.ts';
import { screen } from './screen.ts';

/** The English catalogue: one object for the screens (vue-i18n) and the report (@intlify/core-base). */
export const en = {
  screen,
  report,
  charts,
  customers,
  errors,
  cli,
  notes: { ...notesImport, ...notesCustomers, ...notesForecast },
};
