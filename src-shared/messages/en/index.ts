import { calendar } from './calendar.ts';
import { charts } from './charts.ts';
import { cli } from './cli.ts';
import { clustering } from './clustering.ts';
import { customers } from './customers.ts';
import { desktop } from './desktop.ts';
import { errors } from './errors.ts';
import { explain } from './explain.ts';
import { forecasting } from './forecasting.ts';
import { habits } from './habits.ts';
import { help } from './help.ts';
import { insights } from './insights.ts';
import { ledger } from './ledger.ts';
import { lifetime } from './lifetime.ts';
import { movement } from './movement.ts';
import { notesCustomers } from './notes-customers.ts';
import { notesForecast } from './notes-forecast.ts';
import { notesImport } from './notes-import.ts';
import { products } from './products.ts';
import { report } from './report.ts';
import { screen } from './screen.ts';
import { segments } from './segments.ts';
import { store } from './store.ts';

/** The English catalogue: one object for the screens (vue-i18n) and the report (@intlify/core-base). */
export const en = {
  screen: {
    ...screen,
    ...clustering.screen,
    ...explain.screen,
    ...lifetime.screen,
    ...habits.screen,
    ...movement.screen,
    ...segments.screen,
    ...products.screen,
    ...forecasting.screen,
    ...calendar.screen,
    ...ledger.screen,
    ...insights.screen,
    ...help.screen,
    ...store.screen,
  },
  report,
  charts: {
    ...charts,
    ...clustering.charts,
    ...explain.charts,
    ...lifetime.charts,
    ...habits.charts,
    ...movement.charts,
    ...segments.charts,
    ...products.charts,
    ...forecasting.charts,
    ...calendar.charts,
    ...ledger.charts,
    ...insights.charts,
  },
  customers,
  errors,
  cli,
  desktop,
  notes: {
    ...notesImport,
    ...notesCustomers,
    ...notesForecast,
    ...clustering.notes,
    ...explain.notes,
    ...lifetime.notes,
    ...habits.notes,
    ...movement.notes,
    ...segments.notes,
    ...products.notes,
    ...forecasting.notes,
    ...calendar.notes,
    ...ledger.notes,
    ...insights.notes,
  },
};
