/** Folders that a service copies to its servers while files in them are open. */
const services: [RegExp, string][] = [
  [/^OneDrive( - .+)?$/i, 'OneDrive'],
  [/^Dropbox( \(.+\))?$/i, 'Dropbox'],
  [/^(Mobile Documents|iCloud ?Drive|iCloud~.*|com~apple~CloudDocs)$/i, 'iCloud Drive'],
  [/^(Google Drive|GoogleDrive(-.+)?|My Drive)$/i, 'Google Drive'],
  [/^Nextcloud\d*$/i, 'Nextcloud'],
  [/^ownCloud\d*$/i, 'ownCloud'],
  [/^pCloud ?Drive$/i, 'pCloud'],
  [/^(Syncthing|MEGA(sync)?|Box( Sync)?|Sync\.com|Proton ?Drive)$/i, 'a synchronising service'],
];

/** The service that synchronises the folder of a path, by the folder's name; null: none that is known. */
export function syncedBy(path: string): string | null {
  const folders = path.split(/[\\/]/).slice(0, -1);
  return services.find(([name]) => folders.some((folder) => name.test(folder)))?.[1] ?? null;
}
