// Written by css-modules.test.ts: the classes of every style sheet beside a component.

declare module '*/api-panel.module.css' {
  const styles: {
    readonly consent: string;
    readonly job: string;
    readonly label: string;
    readonly panel: string;
    readonly state: string;
    readonly words: string;
  };
  export default styles;
}

declare module '*/compare-view.module.css' {
  const styles: {
    readonly brighten: string;
    readonly compare: string;
    readonly difference: string;
    readonly divided: string;
    readonly divider: string;
    readonly foot: string;
    readonly knob: string;
    readonly left: string;
    readonly modes: string;
    readonly name: string;
    readonly over: string;
    readonly pair: string;
    readonly range: string;
    readonly right: string;
    readonly side: string;
    readonly slider: string;
    readonly thumb: string;
    readonly track: string;
  };
  export default styles;
}

declare module '*/disclosure.module.css' {
  const styles: {
    readonly disclosure: string;
  };
  export default styles;
}

declare module '*/drag-handle.module.css' {
  const styles: {
    readonly handle: string;
  };
  export default styles;
}

declare module '*/error-details.module.css' {
  const styles: {
    readonly details: string;
  };
  export default styles;
}

declare module '*/icon-button.module.css' {
  const styles: {
    readonly tip: string;
  };
  export default styles;
}

declare module '*/invitation.module.css' {
  const styles: {
    readonly invitation: string;
    readonly title: string;
  };
  export default styles;
}

declare module '*/modal.module.css' {
  const styles: {
    readonly body: string;
    readonly dialog: string;
    readonly head: string;
    readonly scrim: string;
    readonly title: string;
  };
  export default styles;
}

declare module '*/notice.module.css' {
  const styles: {
    readonly notice: string;
    readonly notices: string;
  };
  export default styles;
}

declare module '*/progress-bar.module.css' {
  const styles: {
    readonly bar: string;
    readonly done: string;
  };
  export default styles;
}

declare module '*/run-line.module.css' {
  const styles: {
    readonly line: string;
    readonly run: string;
  };
  export default styles;
}

declare module '*/select-field.module.css' {
  const styles: {
    readonly list: string;
    readonly option: string;
    readonly select: string;
  };
  export default styles;
}

declare module '*/size-field.module.css' {
  const styles: {
    readonly aspect: string;
    readonly aspects: string;
    readonly pixels: string;
    readonly shape: string;
    readonly side: string;
    readonly sides: string;
  };
  export default styles;
}

declare module '*/slider-field.module.css' {
  const styles: {
    readonly range: string;
    readonly row: string;
    readonly slider: string;
    readonly thumb: string;
    readonly track: string;
  };
  export default styles;
}

declare module '*/switch-row.module.css' {
  const styles: {
    readonly row: string;
    readonly switch: string;
    readonly thumb: string;
  };
  export default styles;
}

declare module '*/time-left.module.css' {
  const styles: {
    readonly left: string;
  };
  export default styles;
}

declare module '*/viewer.module.css' {
  const styles: {
    readonly bar: string;
    readonly title: string;
    readonly viewer: string;
    readonly zoom: string;
  };
  export default styles;
}

declare module '*/wheel.module.css' {
  const styles: {
    readonly spinning: string;
    readonly wheel: string;
  };
  export default styles;
}

declare module '*/zoomable.module.css' {
  const styles: {
    readonly zoomable: string;
    readonly zoomed: string;
  };
  export default styles;
}

declare module '*/edit-frame.module.css' {
  const styles: {
    readonly body: string;
    readonly panel: string;
    readonly stage: string;
    readonly tools: string;
  };
  export default styles;
}

declare module '*/edit-panel.module.css' {
  const styles: {
    readonly fields: string;
    readonly foot: string;
    readonly panel: string;
    readonly status: string;
  };
  export default styles;
}

declare module '*/enlarge-picture-dialog.module.css' {
  const styles: {
    readonly name: string;
    readonly picture: string;
    readonly scales: string;
  };
  export default styles;
}

declare module '*/paint-stage.module.css' {
  const styles: {
    readonly brushing: string;
    readonly halo: string;
    readonly layer: string;
    readonly line: string;
    readonly lines: string;
    readonly mask: string;
    readonly ring: string;
    readonly stage: string;
  };
  export default styles;
}

declare module '*/paint-tools.module.css' {
  const styles: {
    readonly group: string;
    readonly number: string;
    readonly range: string;
    readonly size: string;
    readonly slider: string;
    readonly thumb: string;
    readonly tool: string;
    readonly tools: string;
    readonly track: string;
  };
  export default styles;
}

declare module '*/rectangle-fields.module.css' {
  const styles: {
    readonly acts: string;
    readonly number: string;
    readonly numbers: string;
  };
  export default styles;
}

declare module '*/widen-dialog.module.css' {
  const styles: {
    readonly side: string;
    readonly sides: string;
  };
  export default styles;
}

declare module '*/widen-stage.module.css' {
  const styles: {
    readonly frame: string;
    readonly grip: string;
    readonly handle: string;
    readonly layer: string;
    readonly picture: string;
    readonly stage: string;
  };
  export default styles;
}

declare module '*/export-button.module.css' {
  const styles: {
    readonly buttons: string;
  };
  export default styles;
}

declare module '*/film-head.module.css' {
  const styles: {
    readonly head: string;
    readonly title: string;
  };
  export default styles;
}

declare module '*/film-screen.module.css' {
  const styles: {
    readonly elsewhere: string;
    readonly halves: string;
    readonly opening: string;
    readonly screen: string;
  };
  export default styles;
}

declare module '*/film-settings.module.css' {
  const styles: {
    readonly settings: string;
  };
  export default styles;
}

declare module '*/film-stage.module.css' {
  const styles: {
    readonly make: string;
    readonly stage: string;
  };
  export default styles;
}

declare module '*/film-text.module.css' {
  const styles: {
    readonly text: string;
  };
  export default styles;
}

declare module '*/films-dialog.module.css' {
  const styles: {
    readonly open: string;
    readonly row: string;
  };
  export default styles;
}

declare module '*/gif-settings.module.css' {
  const styles: {
    readonly gif: string;
  };
  export default styles;
}

declare module '*/list-dialog.module.css' {
  const styles: {
    readonly text: string;
  };
  export default styles;
}

declare module '*/make-bar.module.css' {
  const styles: {
    readonly row: string;
  };
  export default styles;
}

declare module '*/menu.module.css' {
  const styles: {
    readonly check: string;
    readonly item: string;
    readonly line: string;
    readonly menu: string;
  };
  export default styles;
}

declare module '*/music-field.module.css' {
  const styles: {
    readonly name: string;
    readonly piece: string;
    readonly row: string;
  };
  export default styles;
}

declare module '*/optional-number.module.css' {
  const styles: {
    readonly row: string;
  };
  export default styles;
}

declare module '*/output-panel.module.css' {
  const styles: {
    readonly actions: string;
    readonly close: string;
    readonly facts: string;
    readonly finished: string;
  };
  export default styles;
}

declare module '*/plan-line.module.css' {
  const styles: {
    readonly plan: string;
  };
  export default styles;
}

declare module '*/player.module.css' {
  const styles: {
    readonly bar: string;
    readonly canvas: string;
    readonly player: string;
    readonly problem: string;
    readonly time: string;
  };
  export default styles;
}

declare module '*/scene-card.module.css' {
  const styles: {
    readonly body: string;
    readonly handle: string;
    readonly number: string;
    readonly options: string;
    readonly prompt: string;
    readonly scene: string;
    readonly settings: string;
    readonly tools: string;
  };
  export default styles;
}

declare module '*/scene-choices.module.css' {
  const styles: {
    readonly choices: string;
  };
  export default styles;
}

declare module '*/scene-thumb.module.css' {
  const styles: {
    readonly badge: string;
    readonly thumb: string;
  };
  export default styles;
}

declare module '*/scrubber.module.css' {
  const styles: {
    readonly piece: string;
    readonly scrubber: string;
    readonly thumb: string;
    readonly track: string;
  };
  export default styles;
}

declare module '*/storyboard.module.css' {
  const styles: {
    readonly add: string;
    readonly scenes: string;
    readonly storyboard: string;
  };
  export default styles;
}

declare module '*/transition-button.module.css' {
  const styles: {
    readonly button: string;
    readonly card: string;
    readonly transition: string;
  };
  export default styles;
}

declare module '*/trouble.module.css' {
  const styles: {
    readonly trouble: string;
  };
  export default styles;
}

declare module '*/compare-dialog.module.css' {
  const styles: {
    readonly table: string;
    readonly words: string;
  };
  export default styles;
}

declare module '*/gallery-head.module.css' {
  const styles: {
    readonly buttons: string;
    readonly choosing: string;
    readonly head: string;
    readonly search: string;
    readonly segment: string;
    readonly segments: string;
    readonly tools: string;
  };
  export default styles;
}

declare module '*/gallery-screen.module.css' {
  const styles: {
    readonly gallery: string;
    readonly message: string;
  };
  export default styles;
}

declare module '*/gallery-storage.module.css' {
  const styles: {
    readonly short: string;
    readonly storage: string;
  };
  export default styles;
}

declare module '*/grid-cells.module.css' {
  const styles: {
    readonly cell: string;
    readonly sheet: string;
    readonly stage: string;
  };
  export default styles;
}

declare module '*/history-dialog.module.css' {
  const styles: {
    readonly children: string;
    readonly current: string;
    readonly gone: string;
    readonly member: string;
    readonly prompt: string;
    readonly thumb: string;
    readonly tree: string;
    readonly words: string;
    readonly work: string;
  };
  export default styles;
}

declare module '*/selection-bar.module.css' {
  const styles: {
    readonly all: string;
    readonly count: string;
    readonly done: string;
    readonly selection: string;
  };
  export default styles;
}

declare module '*/thumbnail.module.css' {
  const styles: {
    readonly none: string;
    readonly thumbnail: string;
  };
  export default styles;
}

declare module '*/work-actions.module.css' {
  const styles: {
    readonly actions: string;
  };
  export default styles;
}

declare module '*/work-facts.module.css' {
  const styles: {
    readonly facts: string;
    readonly prompt: string;
  };
  export default styles;
}

declare module '*/work-grid.module.css' {
  const styles: {
    readonly grid: string;
  };
  export default styles;
}

declare module '*/work-tile.module.css' {
  const styles: {
    readonly badge: string;
    readonly check: string;
    readonly heart: string;
    readonly on: string;
    readonly open: string;
    readonly tile: string;
  };
  export default styles;
}

declare module '*/work-viewer.module.css' {
  const styles: {
    readonly after: string;
    readonly before: string;
    readonly date: string;
    readonly failure: string;
    readonly film: string;
    readonly foot: string;
    readonly stage: string;
    readonly step: string;
    readonly swiped: string;
  };
  export default styles;
}

declare module '*/machine-trouble.module.css' {
  const styles: {
    readonly plain: string;
    readonly trouble: string;
  };
  export default styles;
}

declare module '*/speed-choice.module.css' {
  const styles: {
    readonly choice: string;
    readonly offer: string;
    readonly row: string;
    readonly speed: string;
    readonly speeds: string;
  };
  export default styles;
}

declare module '*/filled-files.module.css' {
  const styles: {
    readonly filled: string;
  };
  export default styles;
}

declare module '*/find-model.module.css' {
  const styles: {
    readonly address: string;
    readonly find: string;
  };
  export default styles;
}

declare module '*/model-head.module.css' {
  const styles: {
    readonly fit: string;
    readonly no: string;
  };
  export default styles;
}

declare module '*/model-work.module.css' {
  const styles: {
    readonly title: string;
  };
  export default styles;
}

declare module '*/model.module.css' {
  const styles: {
    readonly actions: string;
    readonly badge: string;
    readonly facts: string;
    readonly failure: string;
    readonly list: string;
    readonly progress: string;
    readonly row: string;
    readonly title: string;
    readonly work: string;
  };
  export default styles;
}

declare module '*/storage-line.module.css' {
  const styles: {
    readonly storage: string;
  };
  export default styles;
}

declare module '*/stored-actions.module.css' {
  const styles: {
    readonly used: string;
  };
  export default styles;
}

declare module '*/advanced-panel.module.css' {
  const styles: {
    readonly panel: string;
    readonly reset: string;
  };
  export default styles;
}

declare module '*/composer.module.css' {
  const styles: {
    readonly composer: string;
  };
  export default styles;
}

declare module '*/edit-buttons.module.css' {
  const styles: {
    readonly tools: string;
  };
  export default styles;
}

declare module '*/enlarge-dialog.module.css' {
  const styles: {
    readonly fit: string;
    readonly foot: string;
    readonly room: string;
  };
  export default styles;
}

declare module '*/examples.module.css' {
  const styles: {
    readonly chip: string;
    readonly chips: string;
    readonly examples: string;
  };
  export default styles;
}

declare module '*/extras-panel.module.css' {
  const styles: {
    readonly actions: string;
    readonly check: string;
    readonly extra: string;
    readonly list: string;
    readonly panel: string;
  };
  export default styles;
}

declare module '*/failure.module.css' {
  const styles: {
    readonly failure: string;
    readonly title: string;
  };
  export default styles;
}

declare module '*/forming.module.css' {
  const styles: {
    readonly canvas: string;
    readonly forming: string;
    readonly wheel: string;
  };
  export default styles;
}

declare module '*/frame.module.css' {
  const styles: {
    readonly button: string;
    readonly enlarge: string;
    readonly picture: string;
  };
  export default styles;
}

declare module '*/grid-dialog.module.css' {
  const styles: {
    readonly axis: string;
    readonly cost: string;
    readonly form: string;
    readonly remove: string;
  };
  export default styles;
}

declare module '*/if-can.module.css' {
  const styles: {
    readonly lacking: string;
  };
  export default styles;
}

declare module '*/lists-sheet.module.css' {
  const styles: {
    readonly buttons: string;
    readonly insert: string;
    readonly lines: string;
    readonly lists: string;
    readonly name: string;
    readonly own: string;
    readonly row: string;
    readonly rows: string;
  };
  export default styles;
}

declare module '*/model-chip.module.css' {
  const styles: {
    readonly chip: string;
  };
  export default styles;
}

declare module '*/picture-bar.module.css' {
  const styles: {
    readonly action: string;
    readonly actions: string;
    readonly bar: string;
    readonly facts: string;
  };
  export default styles;
}

declare module '*/picture-room.module.css' {
  const styles: {
    readonly frame: string;
    readonly room: string;
  };
  export default styles;
}

declare module '*/picture-screen.module.css' {
  const styles: {
    readonly screen: string;
  };
  export default styles;
}

declare module '*/prompt-box.module.css' {
  const styles: {
    readonly box: string;
    readonly foot: string;
    readonly generate: string;
    readonly note: string;
    readonly prompt: string;
    readonly text: string;
  };
  export default styles;
}

declare module '*/prompt-facts.module.css' {
  const styles: {
    readonly fact: string;
    readonly facts: string;
  };
  export default styles;
}

declare module '*/run-bar.module.css' {
  const styles: {
    readonly run: string;
  };
  export default styles;
}

declare module '*/seed-field.module.css' {
  const styles: {
    readonly row: string;
  };
  export default styles;
}

declare module '*/source-field.module.css' {
  const styles: {
    readonly head: string;
    readonly name: string;
    readonly picker: string;
    readonly source: string;
    readonly thumb: string;
  };
  export default styles;
}

declare module '*/stage.module.css' {
  const styles: {
    readonly bar: string;
    readonly stage: string;
  };
  export default styles;
}

declare module '*/strip.module.css' {
  const styles: {
    readonly strip: string;
    readonly thumb: string;
    readonly thumbs: string;
  };
  export default styles;
}

declare module '*/left-jobs.module.css' {
  const styles: {
    readonly left: string;
  };
  export default styles;
}

declare module '*/queue-list.module.css' {
  const styles: {
    readonly list: string;
  };
  export default styles;
}

declare module '*/queue-panel.module.css' {
  const styles: {
    readonly head: string;
    readonly panel: string;
    readonly toggle: string;
  };
  export default styles;
}

declare module '*/queue-row.module.css' {
  const styles: {
    readonly handle: string;
    readonly job: string;
    readonly kind: string;
    readonly label: string;
    readonly state: string;
    readonly words: string;
  };
  export default styles;
}

declare module '*/about.module.css' {
  const styles: {
    readonly credits: string;
  };
  export default styles;
}

declare module '*/facts.module.css' {
  const styles: {
    readonly facts: string;
  };
  export default styles;
}

declare module '*/machines.module.css' {
  const styles: {
    readonly before: string;
    readonly code: string;
    readonly form: string;
    readonly head: string;
    readonly helps: string;
    readonly list: string;
    readonly machine: string;
    readonly name: string;
    readonly names: string;
    readonly options: string;
    readonly state: string;
    readonly tools: string;
  };
  export default styles;
}

declare module '*/offline-settings.module.css' {
  const styles: {
    readonly fetching: string;
  };
  export default styles;
}

declare module '*/self-test.module.css' {
  const styles: {
    readonly check: string;
    readonly checks: string;
    readonly failed: string;
    readonly passed: string;
  };
  export default styles;
}

declare module '*/storage-settings.module.css' {
  const styles: {
    readonly danger: string;
    readonly list: string;
  };
  export default styles;
}

declare module '*/share-dialog.module.css' {
  const styles: {
    readonly inside: string;
    readonly recipe: string;
    readonly ways: string;
  };
  export default styles;
}

declare module '*/app.module.css' {
  const styles: {
    readonly main: string;
    readonly skip: string;
  };
  export default styles;
}

declare module '*/drop-zone.module.css' {
  const styles: {
    readonly card: string;
    readonly drop: string;
    readonly title: string;
  };
  export default styles;
}

declare module '*/error-boundary.module.css' {
  const styles: {
    readonly broken: string;
  };
  export default styles;
}

declare module '*/header.module.css' {
  const styles: {
    readonly end: string;
    readonly header: string;
    readonly quiet: string;
    readonly tab: string;
    readonly tabs: string;
    readonly wideOnly: string;
    readonly wordmark: string;
  };
  export default styles;
}

declare module '*/notices.module.css' {
  const styles: {
    readonly reason: string;
  };
  export default styles;
}

declare module '*/text-dialog.module.css' {
  const styles: {
    readonly text: string;
  };
  export default styles;
}

declare module '*/toasts.module.css' {
  const styles: {
    readonly action: string;
    readonly actions: string;
    readonly details: string;
    readonly text: string;
    readonly toast: string;
    readonly toasts: string;
  };
  export default styles;
}
