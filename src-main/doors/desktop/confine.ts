/** Closes the window to everything but the program itself: no other address, no other window, no permission. */
import type * as Electron from 'electron';
import { appOrigin, appScheme } from '../app-files.ts';

/** Loopback port where nothing listens: whatever tries to reach a network ends there. */
const deadProxy = '127.0.0.1:1';
const allowedSchemes = new Set([`${appScheme}:`, 'blob:', 'data:', 'devtools:']);

function allowed(url: string): boolean {
  return URL.canParse(url) && allowedSchemes.has(new URL(url).protocol);
}

/** Must run before Electron is ready. */
export function confineApp({ app, protocol }: Pick<typeof Electron, 'app' | 'protocol'>): void {
  app.commandLine.appendSwitch('proxy-server', deadProxy);
  app.commandLine.appendSwitch('disable-background-networking');
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Every page, also one that should never be there, may go nowhere and open nothing. */
export function confinePages({ app }: Pick<typeof Electron, 'app'>): void {
  app.on('web-contents-created', (_event, contents) => {
    const stayHome = (event: { url: string; preventDefault(): void }) => {
      if (!event.url.startsWith(`${appOrigin}/`)) event.preventDefault();
    };
    contents.on('will-navigate', stayHome);
    contents.on('will-frame-navigate', stayHome);
    contents.on('will-redirect', stayHome);
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  });
}

export function confineSession({ session }: Pick<typeof Electron, 'session'>): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  defaultSession.setPermissionCheckHandler(() => false);
  defaultSession.setDevicePermissionHandler(() => false);
  // The spell checker would fetch its dictionaries.
  defaultSession.setSpellCheckerEnabled(false);
  defaultSession.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !allowed(url) }));
}
