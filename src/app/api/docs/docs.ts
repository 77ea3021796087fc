/** `/docs`: the API to read and to try. What is tried here really runs: in an open tab of the app, or else in a hidden frame of this page. */
import SwaggerUI from 'swagger-ui-dist/swagger-ui-es-bundle.js';
import 'swagger-ui-dist/swagger-ui.css';
import { apiLeaderPrefix } from '../../../engine/stored-names.ts';
import { openApiHere } from './openapi-here.ts';

const root = new URL('.', document.baseURI);

SwaggerUI({
  dom_id: '#docs',
  spec: await openApiHere(root),
  deepLinking: true,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  // The only validator that is asked is our own: nothing is sent to another site.
  validatorUrl: null,
});

if (!(await someoneAnswers())) document.body.append(hiddenApp());

async function someoneAnswers(): Promise<boolean> {
  if (!('locks' in navigator)) return false;
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name }) => name?.startsWith(apiLeaderPrefix(root.pathname)));
}

function hiddenApp(): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.src = root.href;
  frame.hidden = true;
  frame.title = 'The app, which answers what is tried here';
  return frame;
}
