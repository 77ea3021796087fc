import { useEffect, useState } from 'react';
import { AppError, type ErrorCode } from '../../../domain/errors.ts';
import type { DeviceReport } from '../../../engine/protocol.ts';
import { useActions } from '../hooks.ts';
import { useWords } from '../../words/words-context.tsx';
import type { Words } from '../../words/words.ts';
import { Facts } from './facts.tsx';

type Probe =
  | { readonly status: 'asking' }
  | { readonly status: 'known'; readonly report: DeviceReport }
  | { readonly status: 'failed'; readonly code: ErrorCode };

/** What the engine found on this device. */
export function DeviceFacts() {
  const { probe } = useActions();
  const { settings, common, errors } = useWords();
  const [state, setState] = useState<Probe>({ status: 'asking' });
  useEffect(() => {
    let gone = false;
    const show = (next: Probe) => !gone && setState(next);
    probe().then(
      (report) => show({ status: 'known', report }),
      (error: unknown) =>
        show({ status: 'failed', code: error instanceof AppError ? error.code : 'internal' }),
    );
    return () => {
      gone = true;
    };
  }, [probe]);
  return (
    <section className="group">
      <h3>{settings.device.title}</h3>
      {state.status === 'asking' ? <p className="hint">{common.looking}</p> : null}
      {state.status === 'failed' ? <p className="problem">{errors[state.code].title}.</p> : null}
      {state.status === 'known' ? <Report report={state.report} /> : null}
    </section>
  );
}

function Report({ report }: { report: DeviceReport }) {
  return <Facts rows={reportRows(useWords(), report)} />;
}

function reportRows(
  { settings: { device }, common, format }: Words,
  { webgpu, wasm, cores, memoryGb }: DeviceReport,
): [string, string][] {
  const yesNo = (is: boolean) => (is ? common.yes : common.no);
  const gpu: [string, string][] =
    webgpu.status === 'unavailable'
      ? [[device.gpu, device.notUsable[webgpu.why]]]
      : [
          [device.gpu, gpuName(device, webgpu)],
          [device.halfPrecision, yesNo(webgpu.shaderF16)],
          [device.largestBuffer, format.bytes(webgpu.maxBufferBytes)],
        ];
  return [
    ...gpu,
    [device.cpu, device.threads(cores, wasm.threads)],
    [device.simd, yesNo(wasm.simd)],
    [device.isolated, wasm.isolated ? common.yes : device.oneThread],
    ...(memoryGb === null ? [] : [[device.memory, device.memoryOrMore(memoryGb)] as [string, string]]),
  ];
}

function gpuName(
  device: Words['settings']['device'],
  webgpu: Extract<DeviceReport['webgpu'], { status: 'available' }>,
): string {
  const name =
    webgpu.description || [webgpu.vendor, webgpu.architecture].filter(Boolean).join(' ') || device.unnamed;
  return webgpu.software ? device.inSoftware(name) : name;
}
