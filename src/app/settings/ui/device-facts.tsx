import { useEffect, useState } from 'react';
import { AppError } from '../../../domain/errors.ts';
import type { DeviceReport } from '../../../engine/protocol.ts';
import { useActions } from '../../shell/app-hooks.tsx';
import { errorWords } from '../../base/error-words.ts';
import { formatBytes } from '../../base/format.ts';

type Probe =
  | { readonly status: 'asking' }
  | { readonly status: 'known'; readonly report: DeviceReport }
  | { readonly status: 'failed'; readonly title: string };

/** What the engine found on this device. */
export function DeviceFacts() {
  const { probe } = useActions();
  const [state, setState] = useState<Probe>({ status: 'asking' });
  useEffect(() => {
    let gone = false;
    const show = (next: Probe) => !gone && setState(next);
    probe().then(
      (report) => show({ status: 'known', report }),
      (error: unknown) =>
        show({
          status: 'failed',
          title: errorWords[error instanceof AppError ? error.code : 'internal'].title,
        }),
    );
    return () => {
      gone = true;
    };
  }, [probe]);
  return (
    <section className="group">
      <h3>This device</h3>
      {state.status === 'asking' ? <p className="hint">Looking …</p> : null}
      {state.status === 'failed' ? <p className="problem">{state.title}.</p> : null}
      {state.status === 'known' ? <Facts report={state.report} /> : null}
    </section>
  );
}

function Facts({ report }: { report: DeviceReport }) {
  const rows = reportRows(report);
  return (
    <dl className="facts">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function reportRows({ webgpu, wasm, cores, memoryGb }: DeviceReport): [string, string][] {
  const gpu: [string, string][] =
    webgpu.status === 'unavailable'
      ? [['GPU', `Not usable: ${webgpu.reason}`]]
      : [
          ['GPU', gpuName(webgpu)],
          ['Half precision', webgpu.shaderF16 ? 'Yes' : 'No'],
          ['Largest buffer', formatBytes(webgpu.maxBufferBytes)],
        ];
  return [
    ...gpu,
    ['CPU', `${cores} cores, ${wasm.threads} ${wasm.threads === 1 ? 'thread' : 'threads'} in use`],
    ['SIMD', wasm.simd ? 'Yes' : 'No'],
    ['Isolated page', wasm.isolated ? 'Yes' : 'No, so only one thread'],
    ...(memoryGb === null ? [] : [['Memory', `${memoryGb} GB or more`] as [string, string]]),
  ];
}

function gpuName(webgpu: Extract<DeviceReport['webgpu'], { status: 'available' }>): string {
  const name =
    webgpu.description || [webgpu.vendor, webgpu.architecture].filter(Boolean).join(' ') || 'Unnamed';
  return webgpu.software ? `${name} (in software, slower than the CPU)` : name;
}
