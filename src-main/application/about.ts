import { existsSync, readFileSync } from 'node:fs';
import type { Licence } from '../../src-shared/domain.ts';
import type { MainHandler } from './handler.ts';

/** Written by the build, packed or not; seen from this file and from the bundle in out/main/ alike. */
const licences = new URL('../../out/licences.json', import.meta.url);

export const listLicences: MainHandler<'app.licences'> = async () =>
  existsSync(licences) ? (JSON.parse(readFileSync(licences, 'utf8')) as Licence[]) : [];
