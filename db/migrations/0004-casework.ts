import { type Kysely, sql } from 'kysely'

/** From filed to settled: questions asked back, outside bodies, meetings, mediation, activities, and people's wishes about their data. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table external_body (
      name text primary key
    ) strict`,
    sql`create table question (
      id integer primary key,
      concern integer not null references concern(no),
      kind text not null check (kind in ('place', 'settled')),
      room text not null check (room in ('members', 'committee')),
      asked_of text,
      options text not null,
      asked_at text not null,
      outbox integer references outbox(id),
      answered_at text,
      answer text,
      unique (concern, kind, asked_at)
    ) strict`,
    sql`create index question_open on question (asked_at) where answered_at is null`,
    sql`create table meeting (
      no integer primary key,
      held_at text not null,
      present text not null,
      opened_by text not null,
      closed_at text
    ) strict`,
    sql`create table decision (
      id integer primary key,
      meeting integer not null references meeting(no),
      concern integer references concern(no),
      text text not null,
      owner text,
      due_at text,
      made_at text not null
    ) strict`,
    sql`create table mediation (
      concern integer primary key references concern(no),
      agreement text check (agreement in ('口头', '书面', '未达成')),
      terms text,
      agreed_at text
    ) strict`,
    sql`create table activity (
      id integer primary key,
      kind text not null,
      note text not null,
      people integer check (people > 0),
      held_at text not null,
      told_by text not null
    ) strict`,
    sql`create table opted_out (
      sender_id text not null,
      sender text not null,
      remark text,
      at text not null,
      primary key (sender)
    ) strict`,
    sql`create table deletion_request (
      id integer primary key,
      sender text not null,
      sender_id text not null,
      asked_at text not null,
      confirmed_by text,
      done_at text
    ) strict`,
    sql`create table purge (
      id integer primary key,
      at text not null,
      before text not null,
      messages integer not null
    ) strict`,
    sql`create table asked_command (
      id integer primary key,
      at text not null,
      room text not null,
      actor text not null,
      command text not null,
      concern integer
    ) strict`,
  ]
  for (const statement of statements) await statement.execute(db)
  const bodies = [
    '物业',
    '居委会',
    '社区民警',
    '街道办',
    '供水公司',
    '供电所',
    '燃气公司',
    '电梯维保',
    '市政',
    '环卫',
    '消防',
    '12345',
  ]
  for (const name of bodies) await sql`insert into external_body (name) values (${name})`.execute(db)
}
