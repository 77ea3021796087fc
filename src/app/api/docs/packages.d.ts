declare module 'swagger-ui-dist/swagger-ui-es-bundle.js' {
  const SwaggerUI: (options: object) => unknown;
  export default SwaggerUI;
}

interface Window {
  readonly Redoc: { init(document: object, options: object, element: HTMLElement): void };
}
