using Embedding;

Shop.Build(WebApplication.CreateBuilder(args)).Run();
