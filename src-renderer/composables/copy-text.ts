/** Puts a text on the clipboard; without the permission that the newer way needs, which this program never gives. */
export function copyText(text: string): void {
  const box = document.createElement('textarea');
  box.value = text;
  box.style.position = 'fixed';
  box.style.opacity = '0';
  document.body.append(box);
  box.select();
  document.execCommand('copy');
  box.remove();
}
