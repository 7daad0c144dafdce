import { type Kysely, sql } from 'kysely'

/** The roster: who lives where and who answers for what. Buildings and people are retired, never deleted. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table compound (
      name text primary key
    ) strict`,
    sql`create table party_group (
      number integer primary key,
      name text not null unique,
      leader text,
      contact_point text references building(code) deferrable initially deferred
    ) strict`,
    sql`create table building (
      code text primary key,
      compound text not null references compound(name),
      name text not null,
      units integer not null check (units > 0),
      households integer not null check (households >= 0),
      party_group integer not null references party_group(number),
      retired integer not null default 0 check (retired in (0, 1)),
      unique (compound, name)
    ) strict`,
    sql`create table place_alias (
      compound text not null references compound(name),
      building text references building(code),
      alias text not null,
      unique (compound, alias)
    ) strict`,
    sql`create table member (
      name text primary key,
      sex text not null check (sex in ('F', 'M')),
      age integer not null check (age > 0),
      post text not null,
      service_corps text,
      party_group integer not null references party_group(number),
      home_building text not null references building(code),
      phone text,
      retired integer not null default 0 check (retired in (0, 1))
    ) strict`,
    sql`create table wechat_name (
      member text not null references member(name),
      name text not null,
      primary key (member, name)
    ) strict`,
    sql`create table building_head (
      building text primary key references building(code),
      name text not null,
      phone text,
      is_party_member integer not null check (is_party_member in (0, 1))
    ) strict`,
    sql`create table grid_officer (
      compound text primary key references compound(name),
      name text not null,
      phone text
    ) strict`,
  ]
  for (const statement of statements) await statement.execute(db)
}
