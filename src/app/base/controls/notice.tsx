import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './notice.module.css';

interface NoticeProps {
  readonly icon: LucideIcon;
  /** Its words, and what can be done about it. */
  readonly children: ReactNode;
  readonly role?: 'alert';
  readonly className?: string;
}

/** Something to know that stands above the work, not in its way. */
export function Notice({ icon: Icon, children, role, className = '' }: NoticeProps) {
  return (
    <div className={`${styles.notice} ${className}`} role={role}>
      <Icon size={18} aria-hidden />
      {children}
    </div>
  );
}

/** Where notices come and go; read out as they come. */
export function NoticeList({ children }: { children: ReactNode }) {
  return (
    <div className={styles.notices} role="status">
      {children}
    </div>
  );
}
