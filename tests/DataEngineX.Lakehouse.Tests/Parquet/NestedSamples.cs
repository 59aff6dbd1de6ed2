using System.Globalization;

namespace DataEngineX.Lakehouse.Tests.Parquet;

/// <summary>A query that gives columns of many types, flat and nested, with nulls and empty lists.</summary>
public static class NestedSamples
{
    public static string Sql(int rows) => string.Create(CultureInfo.InvariantCulture, $$"""
        SELECT i AS id,
            CASE WHEN i % 7 = 0 THEN NULL ELSE 'text ' || (i % 50) END AS few,
            CASE WHEN i % 5 = 0 THEN NULL ELSE repeat('x', (i % 40)::INT) || i END AS many,
            (i % 3 = 0) AS flag, CASE WHEN i % 2 = 0 THEN i % 3 = 0 END AS flag_or_null,
            (i % 200)::UTINYINT AS u8, (i * 7 % 60000)::USMALLINT AS u16, (i * 4294967 % 4294967295)::UINTEGER AS u32, (i * 1000003)::UBIGINT AS u64,
            (i % 100 - 50)::TINYINT AS i8, CASE WHEN i % 9 > 3 THEN (i * 31)::INTEGER END AS i32, i * 1000003 AS i64,
            (i / 8)::DOUBLE AS d, CASE WHEN i % 4 = 0 THEN NULL ELSE (i / 3)::FLOAT END AS f,
            DATE '2020-01-01' + (i % 1000)::INT AS day, TIME '01:02:03.456789' + to_seconds(i % 1000) AS time,
            TIMESTAMP '2020-01-01 00:00:00' + to_milliseconds(i * 37) AS ts,
            (i * 1.01)::DECIMAL(9, 2) AS d9, (i * 1.0001)::DECIMAL(18, 4) AS d18, (i * 1.000001)::DECIMAL(38, 6) AS d38,
            ('blob' || i)::BLOB AS bytes,
            CASE i % 6 WHEN 0 THEN NULL WHEN 1 THEN [] WHEN 2 THEN [NULL] ELSE [i, i + 1, NULL, i * 2] END AS list,
            CASE WHEN i % 4 = 0 THEN NULL ELSE {'a': i, 'b': CASE WHEN i % 3 = 0 THEN NULL ELSE 'b' || (i % 9) END} END AS struct,
            CASE WHEN i % 5 = 0 THEN NULL ELSE [{'x': i, 'y': ['p' || i, NULL]}, NULL, {'x': NULL, 'y': []}] END AS list_of_struct,
            CASE WHEN i % 3 = 0 THEN [[i, NULL], [], NULL] ELSE [] END AS list_of_list,
            CASE WHEN i % 8 = 0 THEN NULL ELSE MAP {'k' || i: i, 'z': NULL} END AS map
        FROM range({{rows}}) t(i)
        """);
}
