using Escapement.Wasm.Confinement;

namespace Escapement.Wasm.Tests.Confinement;

/// <summary>What Linux says on systems of several kinds.</summary>
public sealed class CgroupPlaceTests
{
    private const string SecondMount = "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate,memory_recursiveprot";

    private const string FirstMounts = """
        30 22 0:27 / /sys/fs/cgroup ro - tmpfs tmpfs ro,mode=755
        31 30 0:28 / /sys/fs/cgroup/cpu,cpuacct rw,relatime shared:9 - cgroup cgroup rw,cpu,cpuacct
        34 30 0:31 / /sys/fs/cgroup/memory rw,relatime shared:10 - cgroup cgroup rw,memory
        """;

    [Theory]
    [InlineData("0::/system.slice/escapement.service/host\n", "/sys/fs/cgroup/system.slice/escapement.service/host")]
    [InlineData("0::/\n", "/sys/fs/cgroup")]
    [InlineData("0::/a:b\n", "/sys/fs/cgroup/a:b")]
    public void Find_SecondVersion_IsBelowItsMount(string groups, string folder) =>
        Assert.Equal(new CgroupPlace(folder, "/sys/fs/cgroup", IsSecond: true), CgroupPlace.Find(groups, SecondMount));

    [Theory]
    [InlineData("9:name=systemd:/\n4:memory:/jobs/7\n1:cpu,cpuacct:/other\n")]
    [InlineData("5:hugetlb,memory:/jobs/7\n0::/user.slice\n")]
    public void Find_FirstVersion_IsInTheTreeForMemory(string groups) =>
        Assert.Equal(new CgroupPlace("/sys/fs/cgroup/memory/jobs/7", "/sys/fs/cgroup/memory", IsSecond: false), CgroupPlace.Find(groups, FirstMounts));

    [Fact]
    public void Find_BothVersions_IsOfTheOneThatHasMemory()
    {
        const string unified = "40 30 0:37 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw";
        Assert.Equal(
            new CgroupPlace("/sys/fs/cgroup/memory/a", "/sys/fs/cgroup/memory", IsSecond: false),
            CgroupPlace.Find("4:memory:/a\n0::/b\n", $"{unified}\n{FirstMounts}"));
        Assert.Equal(
            new CgroupPlace("/sys/fs/cgroup/unified/b", "/sys/fs/cgroup/unified", IsSecond: true),
            CgroupPlace.Find("3:pids:/a\n0::/b\n", $"{FirstMounts}\n{unified}"));
    }

    [Theory]
    [InlineData("4:memory:/docker/3f5c\n", "/docker/3f5c", "/sys/fs/cgroup/memory")]
    [InlineData("4:memory:/docker/3f5c/below\n", "/docker/3f5c", "/sys/fs/cgroup/memory/below")]
    [InlineData("4:memory:/docker/3f5c\n", "/docker/3f", null)]
    [InlineData("4:memory:/docker/other\n", "/docker/3f5c", null)]
    public void Find_ContainersOwnGroupIsMounted_IsBelowIt(string groups, string root, string? folder) => Assert.Equal(
        folder,
        CgroupPlace.Find(groups, $"650 640 0:31 {root} /sys/fs/cgroup/memory ro,nosuid master:15 - cgroup cgroup rw,memory")?.Folder);

    [Theory]
    [InlineData("0::/../outside\n", SecondMount)]
    [InlineData("0::/a\n", "30 23 0:26 /.. /sys/fs/cgroup rw - cgroup2 cgroup2 rw")]
    [InlineData("0::/a\n", "30 23 0:26 / /sys ro - sysfs sysfs rw")]
    [InlineData("", SecondMount)]
    [InlineData("0::/a\n", "")]
    public void Find_NothingThatCanBeSeen_IsNone(string groups, string mounts) => Assert.Null(CgroupPlace.Find(groups, mounts));

    [Fact]
    public void Find_FolderWithASpace_IsReadAsItIsWritten() => Assert.Equal(
        "/my groups/a", CgroupPlace.Find("0::/a\n", @"30 23 0:26 / /my\040groups rw - cgroup2 none rw")?.Folder);
}
