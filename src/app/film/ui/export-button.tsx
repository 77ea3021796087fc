import { Check, ChevronDown, Film } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { filmFormats, type FilmFormat } from '../../../domain/video/film-format.ts';
import type { EncoderChoice } from '../../../engine/video-protocol.ts';
import { useFilmActions, useFilmState } from './use-film.tsx';
import { useWords } from '../../words/words-context.tsx';
import { showProblems } from './show-problems.ts';
import styles from './export-button.module.css';
import menu from './menu.module.css';

/** Writes the file; beside it, which kind of file. */
export function ExportButton({ look }: { look: 'primary' | 'soft' }) {
  const { film } = useWords();
  const { exportFilm } = useFilmActions();
  const format = useFilmState((state) => state.format);
  return (
    <div className={styles.buttons}>
      <button type="button" className={`button ${look}`} onClick={() => showProblems(exportFilm())}>
        <Film size={17} aria-hidden />
        {film.export(film.formats[format])}
      </button>
      <FormatMenu format={format} look={look} />
    </div>
  );
}

function FormatMenu({ format, look }: { format: FilmFormat; look: 'primary' | 'soft' }) {
  const { film } = useWords();
  const { chooseFormat, chooseEncoder } = useFilmActions();
  const encoder = useFilmState((state) => state.encoder);
  const hasEncoders = format === 'mp4' || format === 'webm';
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className={`button ${look} icon`} aria-label={film.fileFormat}>
        <ChevronDown size={17} aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={`popup ${menu.menu}`} align="end" sideOffset={4}>
          <DropdownMenu.RadioGroup
            value={format}
            onValueChange={(value) => chooseFormat(value as FilmFormat)}
          >
            {filmFormats.map((value) => (
              <Choice key={value} value={value} label={film.formats[value]} hint={film.formatHints[value]} />
            ))}
          </DropdownMenu.RadioGroup>
          {hasEncoders ? (
            <>
              <DropdownMenu.Separator className={menu.line} />
              <DropdownMenu.RadioGroup
                value={encoder}
                onValueChange={(value) => chooseEncoder(value as EncoderChoice)}
              >
                <Choice value="auto" label={film.encoders.auto} />
                <Choice value="ffmpeg" label={film.encoders.ffmpeg} />
              </DropdownMenu.RadioGroup>
            </>
          ) : null}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Choice({ value, label, hint }: { value: string; label: string; hint?: string }) {
  return (
    <DropdownMenu.RadioItem className={menu.item} value={value}>
      <span className={menu.check}>
        <DropdownMenu.ItemIndicator>
          <Check size={16} aria-hidden />
        </DropdownMenu.ItemIndicator>
      </span>
      {label}
      {hint ? <span className="hint">{hint}</span> : null}
    </DropdownMenu.RadioItem>
  );
}
