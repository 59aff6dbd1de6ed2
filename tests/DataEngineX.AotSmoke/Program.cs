using Apache.Arrow;
using Apache.Arrow.Types;

// Published ahead of time and run: what works here works without a JIT.
var schema = new Schema([new Field("temp_c", DoubleType.Default, nullable: true)], null);
using var batch = new RecordBatch(schema, [new DoubleArray.Builder().Append(12.8).AppendNull().Append(10.6).Build()], 3);
using var shared = batch.SliceShared(1, 2);
if (shared.Column(0) is not DoubleArray { Length: 2, NullCount: 1 })
{
    Console.Error.WriteLine("A shared slice lost a row or a null.");
    return 1;
}

Console.WriteLine("AOT smoke: ok");
return 0;
