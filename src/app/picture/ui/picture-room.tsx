import type { CSSProperties, ReactNode } from 'react';
import styles from './picture-room.module.css';

interface PictureRoomProps {
  /** Of what is or will be shown, in pixels; a square where there is no such size. */
  readonly width: number;
  readonly height: number;
  readonly children: ReactNode;
}

/** A frame in the picture's shape, as large as its place allows, so that nothing moves when the picture appears. */
export function PictureRoom({ width, height, children }: PictureRoomProps) {
  const ratio = width > 0 && height > 0 ? width / height : 1;
  const style = { '--ratio': ratio, '--natural': `${width || 1}px` } as CSSProperties;
  return (
    <div className={styles.room}>
      <div className={styles.frame} style={style}>
        {children}
      </div>
    </div>
  );
}
