import type { ReactNode } from 'react';
import { Viewer, ViewerBar, type ZoomButtons } from '../../base/controls/viewer.tsx';
import styles from './edit-frame.module.css';

interface EditFrameProps {
  readonly title: string;
  readonly zoom: ZoomButtons | null;
  readonly onClose: () => void;
  readonly onKeyDown?: (event: React.KeyboardEvent) => void;
  readonly tools?: ReactNode;
  readonly stage: ReactNode;
  readonly panel: ReactNode;
}

/** A picture in the whole window, its tools beside it, and what is said about the change. On a phone they lie below each other. */
export function EditFrame({ title, zoom, onClose, onKeyDown, tools, stage, panel }: EditFrameProps) {
  return (
    <Viewer onClose={onClose} {...(onKeyDown && { onKeyDown })}>
      <ViewerBar title={title} zoom={zoom} />
      <div className={styles.body}>
        {tools ? <div className={styles.tools}>{tools}</div> : null}
        <div className={styles.stage}>{stage}</div>
        <div className={styles.panel}>{panel}</div>
      </div>
    </Viewer>
  );
}
