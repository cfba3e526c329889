/** What appears where the interface itself has failed: a page without any script, so that nothing of it can fail again. */
import type * as Electron from 'electron';
import { createSay } from '../../application/sentences.ts';
import { appOrigin } from '../app-files.ts';
import { securityHeaders } from '../security-policy.ts';

export type Trouble = 'crashed' | 'fault';

const say = createSay({ locale: 'en', currency: null });
const root = '/trouble';
export const troubleUrl = (kind: Trouble): string => `${appOrigin}${root}/${kind}`;

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const text = (raw: string): string => raw.replaceAll(/[&<>"]/g, (sign) => escapes[sign]);
const words = (key: string): string => text(say(`desktop.trouble.${key}`));

const style = `
  :root { color-scheme: light dark; font: 16px/24px system-ui, sans-serif; }
  body { max-width: 44rem; margin: 10vh auto; padding: 0 24px; background: Canvas; color: CanvasText; }
  h1 { font-size: 24px; line-height: 32px; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 16px 20px; align-items: center; margin: 24px 0; }
  dd { margin: 0; }
  a { display: inline-block; padding: 6px 14px; border: 1px solid currentColor; border-radius: 6px; color: LinkText; text-decoration: none; }
  a:focus-visible { outline: 2px solid; outline-offset: 2px; }
  pre { padding: 12px; border: 1px solid GrayText; border-radius: 6px; font-size: 12px; line-height: 16px; white-space: pre-wrap; overflow-wrap: anywhere; }
  @media (max-width: 480px) { dl { grid-template-columns: 1fr; gap: 8px; } }`;

/** @param entry the newest entry of the log */
export function troublePage(kind: Trouble, entry: string): string {
  const ways = ['reload', 'safeMode', 'log'].map(
    (way) => `<dt><a href="${root}/${way}">${words(way)}</a></dt><dd>${words(`${way}About`)}</dd>`,
  );
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${words('title')}</title><style>${style}</style></head>
<body><main>
<h1>${words(kind)}</h1>
<p>${words('safe')}</p>
<dl>${ways.join('')}</dl>
<pre>${entry ? text(entry) : words('noLog')}</pre>
</main></body>
</html>`;
}

export interface TroubleActions {
  /** Loads the interface again. */
  reload(): void;
  safeMode(): void;
  showLog(): void;
  lastEntry(): string;
}

/** Answers the trouble page and its links; null for every other address. */
export function answerTrouble(url: string, actions: TroubleActions): Response | null {
  const { pathname } = new URL(url);
  if (!pathname.startsWith(`${root}/`)) return null;
  const way = pathname.slice(root.length + 1);
  if (way === 'crashed' || way === 'fault') {
    const headers = { ...securityHeaders, 'Content-Type': 'text/html; charset=utf-8' };
    return new Response(troublePage(way, actions.lastEntry()), { headers });
  }
  if (way === 'reload') actions.reload();
  else if (way === 'safeMode') actions.safeMode();
  else if (way === 'log') actions.showLog();
  // The page stays until the other one is there.
  return new Response(null, { status: 204, headers: { ...securityHeaders } });
}

/** A window that does not answer: wait, open it again, or open it in safe mode. */
export async function askAboutHang(
  dialog: Pick<Electron.Dialog, 'showMessageBox'>,
  window: Electron.BrowserWindow,
): Promise<'wait' | 'reload' | 'safeMode'> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: say('desktop.trouble.hangs'),
    detail: say('desktop.trouble.safe'),
    buttons: [say('desktop.trouble.wait'), say('desktop.trouble.reload'), say('desktop.trouble.safeMode')],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return (['wait', 'reload', 'safeMode'] as const)[response];
}
