/** Numbers as people read them. */

export function formatBytes(bytes: number): string {
  const megabytes = bytes / 1e6;
  if (megabytes >= 1000) return `${(megabytes / 1000).toFixed(2)} GB`;
  if (megabytes >= 100) return `${Math.round(megabytes)} MB`;
  return megabytes >= 0.1 ? `${megabytes.toFixed(1)} MB` : `${Math.ceil(bytes / 1000)} kB`;
}

/** Of two amounts, in the unit of the larger: `3.1 of 21.4 MB`. */
export function formatBytesOf(doneBytes: number, totalBytes: number): string {
  const [total, unit] = formatBytes(totalBytes).split(' ') as [string, string];
  const unitBytes = { kB: 1e3, MB: 1e6, GB: 1e9 }[unit] ?? 1;
  const digits = total.split('.')[1]?.length ?? 0;
  return `${(doneBytes / unitBytes).toFixed(digits)} of ${total} ${unit}`;
}

export function formatSeconds(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const rounded = Math.round(seconds);
  return rounded < 60 ? `${rounded} s` : formatMinutes(rounded);
}

function formatMinutes(seconds: number): string {
  if (seconds >= 3600) {
    const minutes = Math.round(seconds / 60);
    return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  }
  const rest = seconds % 60;
  return rest === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${rest} s`;
}

/** An estimate does not pretend to tenths: whole seconds, then steps of five, then minutes. */
export function formatTimeLeft(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  if (seconds <= 10) return `about ${seconds} s left`;
  if (seconds < 55) return `about ${Math.ceil(seconds / 5) * 5} s left`;
  const minutes = Math.max(1, Math.round(seconds / 60));
  return minutes < 60 ? `about ${minutes} min left` : `about ${formatMinutes(minutes * 60)} left`;
}

export const formatSize = (width: number, height: number) => `${width} × ${height}`;

/** The first words of a text, cut at a word. */
export function shorten(text: string, maxCharacters: number): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  if (plain.length <= maxCharacters) return plain;
  const cut = plain.slice(0, maxCharacters);
  const space = cut.lastIndexOf(' ');
  return `${space > maxCharacters / 2 ? cut.slice(0, space) : cut}…`;
}

/** Keeps `256 × 256` on one line. */
export const keepSizesWhole = (text: string) => text.replaceAll(' × ', '\u00a0×\u00a0');
