/** The frame of a page beside the map: heading that takes the focus, lead, content. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface Props {
  title: ComponentChildren;
  name: string;
  lead?: ComponentChildren;
  children: ComponentChildren;
}

export function PageFrame({ title, name, lead, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), [name]);
  return (
    <main class={`page page-${name.split(" ")[0]}`} id="main">
      <div class="page-body">
        <h1 tabIndex={-1} ref={heading}>
          {title}
        </h1>
        {lead ? <p class="lead">{lead}</p> : null}
        {children}
      </div>
    </main>
  );
}
