/** The document, with the place of the app where it lies now. */
export async function openApiHere(root: URL): Promise<object> {
  const response = await fetch(new URL('openapi.json', root));
  const url = root.href.replace(/\/$/, '');
  return { ...((await response.json()) as object), servers: [{ url }] };
}
