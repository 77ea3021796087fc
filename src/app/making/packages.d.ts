/** Its own declarations bring Node's globals into the page's room. */
declare module 'exifreader/dist/exif-reader.js' {
  export interface Tag {
    readonly value: unknown;
    readonly description?: unknown;
  }
  const reader: {
    /** By kind (`exif`, `xmp`, `iptc` …), then by name. Throws for files that it does not know. */
    load(
      file: ArrayBuffer,
      options: { readonly expanded: true; readonly async: true },
    ): Promise<Readonly<Record<string, Readonly<Record<string, Tag>> | undefined>>>;
  };
  export default reader;
}
