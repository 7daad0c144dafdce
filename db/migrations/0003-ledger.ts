import { type Kysely, sql } from 'kysely'

/**
 * The ledger. Every change of a concern is one row and one event; the database itself refuses
 * an illegal move, a change without its event, a status without what it must carry, and edited history.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table category (
      code text primary key,
      label text not null,
      corps text not null,
      urgency text not null check (urgency in ('red', 'yellow', 'blue')),
      sensitive integer not null check (sensitive in (0, 1)),
      position integer not null
    ) strict`,
    sql`create table legal_move (
      from_status text not null,
      to_status text not null,
      primary key (from_status, to_status)
    ) strict`,
    sql`create table concern (
      no integer primary key autoincrement,
      title text not null check (length(title) between 1 and 20),
      detail text not null,
      nature text not null check (nature in ('inquiry', 'help', 'complaint', 'report', 'suggestion')),
      category text not null references category(code),
      urgency text not null check (urgency in ('red', 'yellow', 'blue')),
      status text not null check (status in ('suspected', 'open', 'in_progress', 'referred', 'on_agenda', 'deferred', 'resolved', 'closed', 'merged', 'dropped')),
      status_before text,
      status_since text not null,
      place text not null check (place in ('building', 'compound', 'elsewhere', 'ambiguous', 'none')),
      compound text references compound(name),
      building text references building(code),
      unit integer check (unit > 0),
      place_words text,
      party_group integer references party_group(number),
      reporter text,
      reporter_id text,
      collected_by text,
      source text not null check (source in ('群聊', '走访', '巡查', '议事角', '电话', '转办')),
      sensitive integer not null check (sensitive in (0, 1)),
      doubt text,
      handler_kind text check (handler_kind in ('person', 'corps', 'body')),
      handler text,
      next_look text,
      due_at text,
      reason text,
      result text,
      follow_up text check (follow_up in ('satisfied', 'basically_satisfied', 'not_reached', 'nobody_to_ask')),
      merged_into integer references concern(no),
      rounds integer not null default 0,
      settled_proposed_at text,
      told_at text not null,
      filed_at text not null,
      resolved_at text,
      closed_at text,
      last_event integer references event(id),
      check ((place = 'building') = (building is not null)),
      check (place in ('building', 'compound', 'ambiguous') or compound is null),
      check (place <> 'compound' or compound is not null),
      check (status <> 'suspected' or doubt is not null),
      check (status <> 'in_progress' or handler is not null),
      check ((handler is null) = (handler_kind is null)),
      check (status <> 'referred' or (handler_kind = 'body' and next_look is not null)),
      check (status <> 'deferred' or (reason is not null and next_look is not null and julianday(next_look) - julianday(status_since) <= 91)),
      check (status not in ('resolved', 'closed') or result is not null),
      check (status <> 'closed' or follow_up is not null),
      check ((status = 'merged') = (merged_into is not null)),
      check (status <> 'dropped' or reason is not null),
      check (merged_into is null or merged_into <> no)
    ) strict`,
    sql`create index concern_status on concern (status, no)`,
    sql`create index concern_filed on concern (filed_at)`,
    sql`create index concern_building on concern (building, category)`,
    sql`create table event (
      id integer primary key autoincrement,
      concern integer not null references concern(no),
      at text not null,
      kind text not null,
      actor_kind text not null check (actor_kind in ('person', 'assistant')),
      actor text not null,
      from_status text,
      to_status text not null,
      note text,
      data text
    ) strict`,
    sql`create index event_concern on event (concern, id)`,
    sql`create index event_at on event (at, kind)`,
    sql`create table evidence (
      concern integer not null references concern(no),
      message integer not null references message(seq),
      role text not null check (role in ('told', 'more', 'place', 'worse', 'progress', 'settled')),
      event integer not null references event(id),
      primary key (concern, message)
    ) strict`,
    sql`create index evidence_message on evidence (message)`,
    sql`create table concern_link (
      concern integer not null references concern(no),
      other integer not null references concern(no),
      kind text not null check (kind in ('split_from', 'recurrence_of', 'related')),
      primary key (concern, other, kind),
      check (concern <> other)
    ) strict`,
    sql`create table alarm (
      concern integer primary key references concern(no),
      told integer not null default 0,
      next_at text not null,
      quiet_by text,
      quiet_at text
    ) strict`,
    sql`create table digest (
      id integer primary key,
      room text not null check (room in ('members', 'committee')),
      kind text not null check (kind in ('week')),
      period_start text not null,
      figures text not null,
      outbox integer references outbox(id),
      made_at text not null,
      unique (room, kind, period_start)
    ) strict`,
    sql`create trigger concern_starts before insert on concern
      when new.status not in ('suspected', 'open') or new.last_event is not null
      begin select raise(abort, 'a concern starts as suspected or open'); end`,
    sql`create trigger concern_moves before update on concern
      when new.status <> old.status
        and not exists (select 1 from legal_move where from_status = old.status and to_status = new.status)
      begin select raise(abort, 'illegal move'); end`,
    sql`create trigger concern_returns before update on concern
      when old.status in ('merged', 'dropped') and new.status <> old.status and new.status is not old.status_before
      begin select raise(abort, 'a merged or dropped concern returns to the status before'); end`,
    sql`create trigger concern_reopens before update on concern
      when old.status = 'closed' and new.status <> old.status and julianday(new.status_since) - julianday(old.closed_at) > 91
      begin select raise(abort, 'a concern closed long ago is told anew'); end`,
    sql`create trigger concern_changes before update on concern
      when new.last_event is old.last_event
        or not exists (select 1 from event where id = new.last_event and concern = new.no and to_status = new.status)
      begin select raise(abort, 'a change needs its event'); end`,
    sql`create trigger event_follows before insert on event
      when new.from_status is not null
        and new.from_status is not (select status from concern where no = new.concern)
      begin select raise(abort, 'an event starts from the status the concern has'); end`,
    sql`create trigger concern_stays before delete on concern
      begin select raise(abort, 'a concern is never deleted'); end`,
    sql`create trigger event_stays before delete on event
      begin select raise(abort, 'history is never deleted'); end`,
    sql`create trigger event_stands before update on event
      when new.id is not old.id or new.concern is not old.concern or new.at is not old.at or new.kind is not old.kind
        or new.actor_kind is not old.actor_kind or new.from_status is not old.from_status or new.to_status is not old.to_status
        or new.data is not old.data or (new.note is not null and new.note is not old.note)
      begin select raise(abort, 'history is never edited'); end`,
  ]
  for (const statement of statements) await statement.execute(db)
}
