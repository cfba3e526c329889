/**
 * Signing is asked for by environment variables alone, so that no certificate and no name of one stands in the project:
 *
 * - Windows: WIN_CSC_LINK (path, URL or base64 of the .pfx), WIN_CSC_KEY_PASSWORD; CSC_LINK, CSC_KEY_PASSWORD do too.
 * - macOS: CSC_LINK, CSC_KEY_PASSWORD (Developer ID Application), or CSC_NAME for one in the keychain. Notarised when
 *   APPLE_ID, APPLE_APP_SPECIFIC_PASSWORD and APPLE_TEAM_ID are set, or APPLE_API_KEY, APPLE_API_KEY_ID and
 *   APPLE_API_ISSUER, or APPLE_KEYCHAIN_PROFILE.
 * - Linux: nothing; neither an AppImage nor a .deb outside a repository is signed.
 *
 * electron-builder reads them by itself; here stands what follows from their absence.
 */
import type { Configuration } from 'electron-builder';
import type { System } from './installers.ts';

type Environment = Record<string, string | undefined>;

const hasAny = (env: Environment, ...names: string[]): boolean => names.some((name) => Boolean(env[name]));

function isSigned(system: System, env: Environment): boolean {
  if (system === 'win') return hasAny(env, 'WIN_CSC_LINK', 'CSC_LINK');
  return system === 'mac' && hasAny(env, 'CSC_LINK', 'CSC_NAME');
}

const isNotarised = (env: Environment): boolean => hasAny(env, 'APPLE_ID', 'APPLE_API_KEY', 'APPLE_KEYCHAIN_PROFILE');

/**
 * A Mac with Apple's processor starts no program without a signature: one that nobody vouches for is made on the spot. No
 * certificate that happens to lie in a keychain is taken.
 */
export function signingConfiguration(system: System, env: Environment = process.env): Configuration {
  return system === 'mac' && !isSigned(system, env) ? { mac: { identity: '-', notarize: false } } : {};
}

/** What is said of the signatures, one line; null: there is nothing to say. */
export function signingLine(systems: System[], env: Environment = process.env): string | null {
  const lines = systems.flatMap((system) => {
    if (system === 'linux') return [];
    if (system === 'win') return isSigned(system, env) ? [] : ['Windows: unsigned (WIN_CSC_LINK is not set)'];
    if (!isSigned(system, env)) return ['macOS: unsigned, so not notarised (CSC_LINK is not set)'];
    return isNotarised(env) ? [] : ['macOS: signed, not notarised (APPLE_ID or APPLE_API_KEY is not set)'];
  });
  return lines.length > 0 ? `${lines.join('; ')}.` : null;
}
