import { existsSync, readFileSync } from 'node:fs';
import type { Licence } from '../../src-shared/domain.ts';
import type { MainHandler } from './handler.ts';

/** Lies beside the program where it is packed; the packages of a checkout lie in node_modules themselves. */
const licences = new URL('../../resources/licences.json', import.meta.url);

export const listLicences: MainHandler<'app.licences'> = async () =>
  existsSync(licences) ? (JSON.parse(readFileSync(licences, 'utf8')) as Licence[]) : [];
